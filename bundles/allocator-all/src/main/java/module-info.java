/** Takes every byte of any device. */
module org.imagingutility.allocator.all {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;
}
