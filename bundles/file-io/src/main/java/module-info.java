/** What the plug-ins that work with files have in common. */
module org.imagingutility.file.io {
    requires transitive org.imagingutility.api;
    // O_DIRECT, see DirectOption
    requires jdk.unsupported;
    // what Java does not ask of Windows, see windows.Kernel32; without it (--add-modules com.sun.jna) files are told apart by the time
    // they were made there, and read through the cache
    requires static com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.file.io;
    exports org.imagingutility.file.io.system;
}
