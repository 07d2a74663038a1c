package org.imagingutility.command.shell;

import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imagingutility.command.CommandLineRunner;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.text.TerminalStream;
import org.imagingutility.command.text.Wrapping;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code help} in the shell: all commands by what they are for, each with the first line of its own help. */
final class ShellHelp {
    private static final int INDENT = 14;
    private static final int NARROW = 60;
    private static final Set<String> OF_JOBS = Set.of("jobs", "job", "watch", "pause", "resume", "cancel", "parallel", "forget");
    private static final Set<String> OF_PLUGINS = Set.of("plugins");
    private static final Set<String> OF_SETTINGS = Set.of("config", "log-level");
    /** Commands of gogo that an operator needs; its own help tells all. */
    private static final Map<String, String> BUNDLES = Map.of(
            "lb", "Lists the bundles, with their numbers.",
            "stop, start", "Stop or start bundles by number or name: stop 12, stop codec-zstd.",
            "update", "Takes a bundle's jar anew, or another one: update codec-zstd new.jar.",
            "install", "Adds a bundle: install file:plugin.jar. Or drop the jar into deploy/.",
            "uninstall", "Takes bundles away.",
            "refresh", "Wires bundles anew after an update of one that others use.");
    private static final List<String> BUNDLE_ORDER = List.of("lb", "stop, start", "update", "install", "uninstall", "refresh");
    private final CommandLineRunner runner;
    private final Console console;

    ShellHelp(CommandLineRunner runner, Console console) {
        this.runner = runner;
        this.console = console;
    }

    void print() {
        PrintStream out = console.out();
        List<String> images = new ArrayList<>(runner.names());
        images.removeAll(OF_JOBS);
        images.removeAll(OF_PLUGINS);
        images.removeAll(OF_SETTINGS);
        section("Images", images);
        section("Jobs", runner.names().stream().filter(OF_JOBS::contains).toList());
        section("Settings and the log", runner.names().stream().filter(OF_SETTINGS::contains).toList());
        out.println(bold("Plug-ins and bundles"));
        OF_PLUGINS.forEach(this::command);
        BUNDLE_ORDER.forEach(name -> line(name, BUNDLES.get(name)));
        out.println();
        out.println(bold("Shell"));
        line("help", "Shows this; help COMMAND or COMMAND --help shows more.");
        line("history", "Lists what was typed.");
        line("exit", "Leaves. Jobs that run are interrupted and can be resumed; it asks before.");
        out.println();
        paragraph("Tab completes commands, options, devices, files and numbers. Ctrl+C stops a command, not the shell.", 0);
        paragraph("Commands can be joined (a; b), piped (plugins | grep codec) and sent to a file (jobs > jobs.txt).", 0);
        paragraph(File.separatorChar == '\\' ? "Names with blanks, #, $, ( or { stand in 'single quotes'; a backslash is a letter."
                : "Names with blanks, #, $ or \\ stand in 'single quotes'.", 0);
    }

    private void section(String title, List<String> names) {
        console.out().println(bold(title));
        names.forEach(this::command);
        console.out().println();
    }

    private void command(String name) {
        CommandLine command = runner.specification(name, console).getSubcommands().get(name);
        String[] description = command.getCommandSpec().usageMessage().description();
        line(name, description.length == 0 ? "" : description[0]);
    }

    private void line(String name, String text) {
        paragraph("  " + name + " ".repeat(Math.max(1, INDENT - name.length())) + text, INDENT + 2);
    }

    private void paragraph(String text, int indent) {
        int columns = TerminalStream.columns(console.out()).orElse(Integer.MAX_VALUE);
        Wrapping.hanging(text, columns, columns < NARROW ? 4 : indent).forEach(console.out()::println);
    }

    private String bold(String title) {
        return console.colours() ? Ansi.ON.string("@|bold " + title + "|@") : title;
    }
}
