package org.imagingutility.command.settings;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.config.Effective;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.log.LogLevels;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging log-level}. */
@Command(name = "log-level", sortOptions = false, customSynopsis = "imaging log-level [BUNDLE LEVEL] [options]",
        description = {"Shows and changes what is logged.",
            "Without a bundle all levels that are set. A level is off, error, warning, info, debug or trace; default takes that of "
                + "a bundle away again. Bundle all stands for those without a level of their own. In force at once and kept."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class LogLevelCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String DEFAULT = "default";

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", arity = "0..1", paramLabel = "BUNDLE", description = "The bundle's symbolic name, or all.")
    private String bundle;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LEVEL", description = "off, error, warning, info, debug, trace or default.")
    private String level;

    @Override
    public Integer call() throws ImagingException {
        Configuration configuration = imaging.configuration();
        if (bundle != null) {
            if (level == null) {
                throw new UsageException("a level is missing", "off, error, warning, info, debug, trace or default");
            }
            set(configuration);
        }
        Table table = new Table("BUNDLE", "LEVEL");
        table.add(ALL, value(configuration, LogLevels.ALL));
        LogLevels.parse(value(configuration, LogLevels.SINGLE)).forEach(table::add);
        table.print(imaging.console().out());
        return ExitCodes.DONE;
    }

    private void set(Configuration configuration) throws ImagingException {
        if (bundle.equals(ALL)) {
            configuration.set(LogLevels.ALL, level.equals(DEFAULT) ? Optional.empty() : Optional.of(level));
            return;
        }
        Map<String, String> levels = LogLevels.parse(value(configuration, LogLevels.SINGLE));
        if (level.equals(DEFAULT)) {
            levels.remove(bundle);
        } else {
            levels.put(bundle, level);
        }
        configuration.set(LogLevels.SINGLE, levels.isEmpty() ? Optional.empty() : Optional.of(LogLevels.write(levels)));
    }

    private static String value(Configuration configuration, String key) throws UsageException {
        return configuration.find(key).map(Effective::value)
                .orElseThrow(() -> new UsageException("the levels of the log cannot be set here", null));
    }
}
