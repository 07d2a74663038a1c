/** Reads which blocks an ext2, ext3 or ext4 volume has in use. */
module org.imagingutility.allocator.ext {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.ext;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.ext.ExtAllocator;
}
