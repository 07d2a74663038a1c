/** Reads which blocks a btrfs file system has in use on one of its devices. */
module org.imagingutility.allocator.btrfs {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.btrfs.BtrfsAllocator;
}
