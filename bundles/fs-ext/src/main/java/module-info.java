/** Structures of ext2, ext3 and ext4, for the allocator and the reader of files. */
module org.imagingutility.fs.ext {
    requires transitive org.imagingutility.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.fs.ext.group;
    exports org.imagingutility.fs.ext.inode;
    exports org.imagingutility.fs.ext.layout;
}
