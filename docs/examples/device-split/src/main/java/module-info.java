/** A device provider for ImagingUtility, as an example: raw dumps that were split into numbered files. */
module com.example.imaging.device.split {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.device.DeviceProvider with com.example.imaging.device.split.SplitDeviceProvider;
}
