/** The contract tests a plug-in inherits. Needs no test framework. */
module org.imagingutility.tck {
    requires transitive org.imagingutility.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports org.imagingutility.tck;
}
