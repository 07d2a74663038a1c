/** Volumes and snapshots of Windows, by drive letter, lasting name or mount point. */
module org.imagingutility.device.volume {
    requires org.imagingutility.api;
    requires org.imagingutility.windows.io;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.device.DeviceProvider with org.imagingutility.device.volume.VolumeDeviceProvider;
}
