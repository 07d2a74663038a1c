/** Structures of exFAT, for the allocator and the reader of files. */
module org.imagingutility.fs.exfat {
    requires transitive org.imagingutility.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.fs.exfat;
}
