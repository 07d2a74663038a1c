/** Reads which clusters a FAT12, FAT16 or FAT32 volume has in use. */
module org.imagingutility.allocator.fat {
    requires org.imagingutility.api;
    requires org.imagingutility.fs.fat;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.allocator.Allocator with org.imagingutility.allocator.fat.FatAllocator;
}
