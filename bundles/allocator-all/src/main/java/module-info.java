/** Takes every byte of any device. */
module org.imagingutility.allocator.all {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.all.AllBlocksAllocator;
}
