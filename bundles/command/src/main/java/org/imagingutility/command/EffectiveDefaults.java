package org.imagingutility.command;

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
final class EffectiveDefaults implements IDefaultValueProvider {
    private static final String PROGRESS = "progress";
    private static final String OPEN = "auto";
    private static final String NEGATION = "no-";
    private final Configuration configuration;

    EffectiveDefaults(Configuration configuration) {
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
        String name = option.longestName().replaceFirst("^-+", "");
        if (name.startsWith(NEGATION)) {
            return setting(option, name.substring(NEGATION.length()))
                    .map(value -> Boolean.toString(!Boolean.parseBoolean(value))).orElse(null);
        }
        return setting(option, name).filter(value -> !(name.equals(PROGRESS) && value.equals(OPEN))).orElse(null);
    }

    private Optional<String> setting(OptionSpec option, String name) {
        if (name.equals(PROGRESS)) {
            return configuration.find(name).map(Effective::value);
        }
        return configuration.find(kind(option.command().name()) + "." + name).map(Effective::value);
    }

    /** Returns the kind of the command: those of one kind share their settings. */
    private static String kind(String command) {
        return command.equals("backup-disk") ? "image" : command.replaceFirst("-.*", "");
    }
}
