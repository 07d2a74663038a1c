/** What the plug-ins for Windows have in common. */
module org.imagingutility.windows.io {
    requires transitive org.imagingutility.api;
    // calls of kernel32 and advapi32
    requires transitive com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.windows.io;
}
