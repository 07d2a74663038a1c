/** What the plug-ins that work with files have in common. */
module org.imagingutility.file.io {
    requires transitive org.imagingutility.api;
    // O_DIRECT, see DirectOption
    requires jdk.unsupported;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.file.io;
}
