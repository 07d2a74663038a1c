package org.imagingutility.command.log;

import java.lang.System.Logger.Level;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/**
 * Writes what the container and its bundles log (Declarative Services, File Install, Configuration Admin) to the log. Not
 * there without a Log Service, as in a one-shot run.
 */
@Component(service = ContainerLog.class, immediate = true)
public final class ContainerLog implements LogListener {
    private final LogReaderService reader;

    /** Called by Declarative Services. */
    @Activate
    public ContainerLog(@Reference LogReaderService reader) {
        this.reader = reader;
        reader.addLogListener(this);
    }

    @Deactivate
    void deactivate() {
        reader.removeLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        Bundle bundle = entry.getBundle();
        String name = bundle == null || bundle.getSymbolicName() == null ? "container" : bundle.getSymbolicName();
        System.getLogger(name).log(level(entry), () -> String.valueOf(entry.getMessage()), entry.getException());
    }

    private static Level level(LogEntry entry) {
        LogLevel level = entry.getLogLevel();
        boolean event = entry.getLoggerName() != null && entry.getLoggerName().startsWith("Events.");
        return switch (level) {
            case AUDIT, ERROR -> Level.ERROR;
            case WARN -> Level.WARNING;
            // every bundle and every service that comes or goes is one
            case INFO -> event ? Level.DEBUG : Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
