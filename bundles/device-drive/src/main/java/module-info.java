/** Physical drives of Windows. */
module org.imagingutility.device.drive {
    requires org.imagingutility.api;
    requires org.imagingutility.windows.io;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.device.DeviceProvider with org.imagingutility.device.drive.DriveDeviceProvider;
}
