/** The contract tests a plug-in inherits. Needs no test framework. */
module org.imagingutility.tck {
    requires transitive org.imagingutility.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.tck;
    exports org.imagingutility.tck.allocator;
    exports org.imagingutility.tck.blobs;
    exports org.imagingutility.tck.codec;
    exports org.imagingutility.tck.container;
    exports org.imagingutility.tck.device;
    exports org.imagingutility.tck.export;
    exports org.imagingutility.tck.files;
    exports org.imagingutility.tck.serve;
    exports org.imagingutility.tck.snapshot;
    exports org.imagingutility.tck.store;
}
