/** Knows swap areas of Linux, whose content need not be kept. */
module org.imagingutility.allocator.swap {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.swap.SwapAllocator;
}
