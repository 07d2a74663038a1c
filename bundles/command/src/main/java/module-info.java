/** The commands: one definition for shell and command line. */
module org.imagingutility.command {
    requires org.imagingutility.api;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires java.logging;
    // the console of Windows, see console.WindowsConsole; without it progress goes there line by line
    requires static com.sun.jna;
    requires static org.osgi.service.component.annotations;
    // of a shell; without them the settings are read from their files alone
    requires static org.osgi.service.cm;
    requires static org.osgi.service.metatype;
    requires static osgi.core;
    // picocli sets the annotated fields
    opens org.imagingutility.command to info.picocli;
    opens org.imagingutility.command.root to info.picocli;
    opens org.imagingutility.command.options to info.picocli;
    opens org.imagingutility.command.backup to info.picocli;
    opens org.imagingutility.command.inspect to info.picocli;
    opens org.imagingutility.command.integrity to info.picocli;
    opens org.imagingutility.command.restore to info.picocli;
    opens org.imagingutility.command.export to info.picocli;
    opens org.imagingutility.command.serve to info.picocli;
    opens org.imagingutility.command.mount to info.picocli;
    opens org.imagingutility.command.files to info.picocli;
    opens org.imagingutility.command.repository to info.picocli;
    opens org.imagingutility.command.jobs to info.picocli;
    opens org.imagingutility.command.settings to info.picocli;
    opens org.imagingutility.command.demo to info.picocli;
}
