package org.imagingutility.command;

import java.util.Arrays;
import org.imagingutility.command.text.ProgramName;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Puts the name of the program into its help, which is written for the original one.
 *
 * @param command what users type
 */
record Branding(String command) {
    static Branding ofProcess() {
        return new Branding(ProgramName.ofProcess());
    }

    /** Puts the name into all texts of {@code line} and its subcommands. */
    void applyTo(CommandLine line) {
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
        for (OptionSpec option : spec.options().toArray(OptionSpec[]::new)) {
            String[] description = option.description();
            String[] renamed = renamed(description);
            if (!Arrays.equals(description, renamed)) {
                spec.remove(option);
                spec.addOption(option.toBuilder().description(renamed).build());
            }
        }
    }

    private String[] renamed(String[] lines) {
        return Arrays.stream(lines).map(this::renamed).toArray(String[]::new);
    }

    /** Returns {@code text} with the name where a command line is quoted: at the begin, after a quotation mark, before COMMAND. */
    String renamed(String text) {
        return text.replaceAll("(^|[\"'])imaging (?=[a-z\\[])", "$1" + command + " ").replace("imaging COMMAND", command + " COMMAND");
    }
}
