/** Raw image files and Linux block devices. */
module org.imagingutility.device.file {
    requires org.imagingutility.api;
    // O_DIRECT, see MediumReader
    requires jdk.unsupported;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.device.DeviceProvider with org.imagingutility.device.file.FileDeviceProvider;
}
