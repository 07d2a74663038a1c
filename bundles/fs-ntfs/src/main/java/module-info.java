/** What the plug-ins for NTFS have in common. */
module org.imagingutility.fs.ntfs {
    requires transitive org.imagingutility.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.fs.ntfs.mft;
    exports org.imagingutility.fs.ntfs.runs;
    exports org.imagingutility.fs.ntfs.state;
    exports org.imagingutility.fs.ntfs.structure;
}
