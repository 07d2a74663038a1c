/** Raw image files and Linux block devices. */
module org.imagingutility.device.file {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;
}
