/** Reads which clusters an exFAT volume has in use. */
module org.imagingutility.allocator.exfat {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.exfat;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.exfat.ExfatAllocator;
}
