package org.imagingutility.command.console;

import java.util.Arrays;
import java.util.ListResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imagingutility.command.text.ProgramName;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Puts the name of the program into its help, which is written for the original one.
 *
 * @param command what users type
 */
public record Branding(String command) {
    public static Branding ofProcess() {
        return new Branding(ProgramName.ofProcess());
    }

    /** Puts the name into all texts of {@code line} and its subcommands. */
    public void applyTo(CommandLine line) {
        if (command.equals(ProgramName.ORIGINAL)) {
            return;
        }
        line.setCommandName(command);
        rename(line.getCommandSpec());
        line.getSubcommands().values().forEach(sub -> rename(sub.getCommandSpec()));
    }

    private void rename(CommandSpec spec) {
        spec.usageMessage().customSynopsis(renamed(spec.usageMessage().customSynopsis()));
        spec.usageMessage().description(renamed(spec.usageMessage().description()));
        spec.usageMessage().footer(renamed(spec.usageMessage().footer()));
        Object[][] descriptions = spec.options().stream().flatMap(this::renamed).toArray(Object[][]::new);
        if (descriptions.length > 0) {
            spec.resourceBundle(new Descriptions(descriptions));
        }
    }

    /**
     * Returns the lines of the description as resources, if the name stands in it. (As a resource, because an option that is
     * part of a group cannot be replaced by one with another description.)
     */
    private Stream<Object[]> renamed(OptionSpec option) {
        String[] before = option.description();
        String[] after = renamed(before);
        String key = option.longestName().replaceFirst("^-+", "");
        return Arrays.equals(before, after) ? Stream.of()
                : IntStream.range(0, after.length).mapToObj(i -> new Object[] {key + "." + i, after[i]});
    }

    private String[] renamed(String[] lines) {
        return Arrays.stream(lines).map(this::renamed).toArray(String[]::new);
    }

    /** Returns {@code text} with the name where a command line is quoted: at the begin, after a quotation mark, before COMMAND. */
    public String renamed(String text) {
        return text.replaceAll("(^|[\"'])imaging (?=[a-z\\[])", "$1" + command + " ").replace("imaging COMMAND", command + " COMMAND");
    }

    /** Descriptions by the names of options, the form in which the parser takes them. */
    private static final class Descriptions extends ListResourceBundle {
        private final Object[][] descriptions;

        Descriptions(Object[][] descriptions) {
            this.descriptions = descriptions;
        }

        @Override
        protected Object[][] getContents() {
            return descriptions;
        }
    }
}
