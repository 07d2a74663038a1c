/** Raw image files and Linux block devices. */
module org.imagingutility.device.file {
    requires org.imagingutility.api;
    requires org.imagingutility.file.io;
    // claims of block devices, discards and holes, see NativeCalls; without it (--add-modules com.sun.jna) files can be written to all
    // the same, but give nothing back, and block devices are refused as targets
    requires static com.sun.jna;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.device.DeviceProvider with org.imagingutility.device.file.FileDeviceProvider;
}
