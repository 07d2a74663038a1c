/** Reads which clusters an NTFS volume has in use. */
module org.imagingutility.allocator.ntfs {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.ntfs;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.ntfs.NtfsAllocator;
}
