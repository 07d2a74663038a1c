/** Structures of FAT12, FAT16 and FAT32, for the allocator and the reader of files. */
module org.imagingutility.fs.fat {
    requires transitive org.imagingutility.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.fs.fat;
}
