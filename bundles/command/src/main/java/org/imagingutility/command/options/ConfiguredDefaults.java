package org.imagingutility.command.options;

import java.util.Optional;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.config.Effective;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is if it is left out, by the settings: option {@code --retries} of command {@code image} is setting
 * {@code image.retries}. An option without a setting keeps the default of its own.
 */
public final class ConfiguredDefaults implements IDefaultValueProvider {
    private static final String PROGRESS = "progress";
    private static final String OPEN = "auto";
    private static final String NEGATION = "no-";
    private final Configuration configuration;

    public ConfiguredDefaults(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.longestName().equals("--help")) {
            return null;
        }
        if (option.typeInfo().isBoolean() && option.arity().max() == 0) {
            return null; // picocli takes such a flag for the opposite of its default
        }
        String name = withoutHyphens(option.longestName());
        if (name.startsWith(NEGATION)) {
            String value = setting(option, name.substring(NEGATION.length()));
            return value == null ? null : Boolean.toString(!Boolean.parseBoolean(value));
        }
        String value = setting(option, name);
        return name.equals(PROGRESS) && OPEN.equals(value) ? null : value;
    }

    /** Returns the value in force; null, as picocli has it, if there is no such setting. */
    private String setting(OptionSpec option, String name) {
        Optional<Effective> found = configuration.find(name.equals(PROGRESS) ? name : kind(option.command().name()) + "." + name);
        return found.isPresent() ? found.get().value() : null;
    }

    private static String withoutHyphens(String option) {
        int begin = 0;
        while (begin < option.length() && option.charAt(begin) == '-') {
            begin++;
        }
        return option.substring(begin);
    }

    /** Returns the kind of the command: those of one kind share their settings. */
    private static String kind(String command) {
        int hyphen = command.indexOf('-');
        return command.equals("backup-disk") ? "image" : hyphen < 0 ? command : command.substring(0, hyphen);
    }
}
