/** Raw image files and Linux block devices. */
module org.imagingutility.device.file {
    requires org.imagingutility.api;
    requires org.imagingutility.file.io;
    // discards and holes, see LinuxRangeCalls; without it (--add-modules com.sun.jna) targets give nothing back
    requires static com.sun.jna;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.device.DeviceProvider with org.imagingutility.device.file.FileDeviceProvider;
}
