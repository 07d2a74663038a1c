/** Knows XFS, F2FS and others by name, and takes all of them. */
module org.imagingutility.allocator.other {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.other.OtherAllocator;
}
