/** The SPI and the value types of ImagingUtility: what plug-ins implement and what commands call. */
module org.imagingutility.api {
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.api;
    exports org.imagingutility.api.allocator;
    exports org.imagingutility.api.backup;
    exports org.imagingutility.api.blobs;
    exports org.imagingutility.api.codec;
    exports org.imagingutility.api.config;
    exports org.imagingutility.api.container;
    exports org.imagingutility.api.device;
    exports org.imagingutility.api.error;
    exports org.imagingutility.api.export;
    exports org.imagingutility.api.file;
    exports org.imagingutility.api.files;
    exports org.imagingutility.api.job;
    exports org.imagingutility.api.partition;
    exports org.imagingutility.api.repository;
    exports org.imagingutility.api.serve;
    exports org.imagingutility.api.shell;
    exports org.imagingutility.api.snapshot;
    exports org.imagingutility.api.store;
}
