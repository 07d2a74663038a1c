/** The commands: one definition for shell and command line. */
module org.imagingutility.command {
    requires org.imagingutility.api;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires static org.osgi.service.component.annotations;
    requires static osgi.core;
}
