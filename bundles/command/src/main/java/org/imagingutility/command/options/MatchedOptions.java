package org.imagingutility.command.options;

import picocli.CommandLine.Model.CommandSpec;

/** Tells options that were typed from those that have their default. */
final class MatchedOptions {
    private MatchedOptions() {
    }

    /** Says whether option {@code name} stands on the command line that {@code command} was parsed from. */
    static boolean on(CommandSpec command, String name) {
        return command.commandLine().getParseResult().hasMatchedOption(name);
    }
}
