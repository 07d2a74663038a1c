package org.imagingutility.command.settings;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.config.Effective;
import org.imagingutility.command.config.Template;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.SpellingSuggestion;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging config}. */
@Command(name = "config", sortOptions = false, customSynopsis = {"imaging config [KEY [VALUE]] [options]"},
        description = {"Shows and changes settings: what options are if they are left out.",
            "Without a key all settings, each with its value and where that comes from; with a key that one; with a value it is "
                + "checked, written to the file in conf/ and in force at once. Options on the command line win."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ConfigCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KEY", description = "A setting, such as image.retries.")
    private String key;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "What it is to be.")
    private String value;

    @Option(names = "--reset", paramLabel = "KEY", description = "Remove this setting from its file: its default is in force again.")
    private String reset;

    @Option(names = "--file", paramLabel = "PID", description = "Print the file of these settings with nothing set: every key "
            + "with its range and default.")
    private String file;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        Configuration configuration = imaging.configuration();
        if ((reset != null ? 1 : 0) + (file != null ? 1 : 0) + (key != null ? 1 : 0) > 1) {
            throw new UsageException("a key, --reset and --file exclude each other", null);
        }
        if (file != null) {
            imaging.console().out().print(Template.of(group(configuration)));
        } else if (reset != null) {
            show(List.of(configuration.set(reset, Optional.empty())));
        } else if (value != null) {
            show(List.of(configuration.set(key, Optional.of(value))));
        } else if (key != null) {
            describe(configuration.find(key).orElseThrow(() -> unknown(configuration)));
        } else {
            show(configuration.all());
        }
        configuration.problems().forEach(line -> imaging.console().err().println("imaging: " + TerminalText.safe(line)));
        return configuration.problems().isEmpty() ? ExitCodes.DONE : ExitCodes.USAGE;
    }

    private SettingGroup group(Configuration configuration) throws UsageException {
        return configuration.groups().stream().filter(group -> group.pid().equals(file)).findFirst()
                .orElseThrow(() -> new UsageException("there are no settings \"" + file + "\"", "there are "
                        + String.join(", ", configuration.groups().stream().map(SettingGroup::pid).toList())));
    }

    private UsageException unknown(Configuration configuration) {
        List<String> keys = configuration.all().stream().map(each -> each.setting().key()).toList();
        return new UsageException("there is no setting \"" + key + "\"", SpellingSuggestion.of(key, keys)
                .map(name -> "did you mean " + name + "?").orElse("\"imaging config\" lists those there are"));
    }

    private void describe(Effective found) {
        if (json) {
            show(List.of(found));
            return;
        }
        imaging.console().out().println(TerminalText.safe(found.setting().key() + " = " + found.value() + "  (" + found.source() + ")"));
        imaging.console().out().println("  " + TerminalText.safe(found.setting().description()));
        imaging.console().out().println("  must be " + TerminalText.safe(found.setting().range()) + "; default: "
                + TerminalText.safe(found.setting().defaultValue()));
    }

    private void show(List<Effective> settings) {
        if (json) {
            new Json(imaging.console().out()).object(node -> node.objects("settings", settings, ConfigCommand::write));
            return;
        }
        Table table = new Table("SETTING", "VALUE", "SOURCE", "RANGE");
        settings.forEach(each -> table.add(each.setting().key(), each.value(), each.source(), each.setting().range()));
        table.print(imaging.console().out());
    }

    private static void write(Json.Node node, Effective each) {
        node.put("key", each.setting().key()).put("value", each.value()).put("source", each.source())
                .put("default", each.setting().defaultValue()).put("range", each.setting().range())
                .put("pid", each.group().pid());
    }
}
