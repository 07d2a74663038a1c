/** The commands: one definition for shell and command line. */
module org.imagingutility.command {
    requires org.imagingutility.api;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires static org.osgi.service.component.annotations;
    // picocli sets the annotated fields
    opens org.imagingutility.command to info.picocli;
}
