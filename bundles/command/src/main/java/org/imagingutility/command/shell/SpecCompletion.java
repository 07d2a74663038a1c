package org.imagingutility.command.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.imagingutility.api.shell.Completion;
import org.imagingutility.command.CommandLineRunner;
import org.imagingutility.command.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes the words of a command by the specification that also parses them. */
final class SpecCompletion {
    /** A list of options is read at a glance, or not at all. */
    private static final int LONGEST = 64;
    private final CommandLineRunner runner;
    private final Values values;

    SpecCompletion(CommandLineRunner runner, Values values) {
        this.runner = runner;
        this.values = values;
    }

    /** Returns what the last of {@code words} can become; the first is the command. */
    List<Completion> complete(List<String> words) {
        if (!runner.names().contains(words.get(0))) {
            return List.of();
        }
        CommandLine command = runner.specification(words.get(0), silent()).getSubcommands().get(words.get(0));
        CommandSpec spec = command.getCommandSpec();
        String last = words.get(words.size() - 1);
        OptionSpec before = spec.findOption(words.get(words.size() - 2));
        if (words.size() > 2 && before != null && before.arity().min() > 0) {
            return values.of(before, last);
        }
        int equals = last.indexOf('=');
        if (last.startsWith("--") && equals > 0) {
            OptionSpec option = spec.findOption(last.substring(0, equals));
            return option == null ? List.of() : prefixed(last.substring(0, equals + 1),
                    values.of(option, last.substring(equals + 1)));
        }
        List<Completion> completions = new ArrayList<>();
        if (!last.startsWith("-")) {
            spec.positionalParameters().stream().findFirst().ifPresent(
                    parameter -> completions.addAll(values.of((ArgSpec) parameter, last)));
        }
        if (last.startsWith("-") || last.isEmpty() && completions.isEmpty()) {
            options(spec, words, completions);
        }
        return completions;
    }

    private static void options(CommandSpec spec, List<String> words, List<Completion> completions) {
        for (OptionSpec option : spec.options()) {
            boolean used = words.subList(1, words.size() - 1).stream()
                    .anyMatch(word -> List.of(option.names()).contains(word.replaceFirst("=.*", "")));
            if (!option.hidden() && (!used || option.isMultiValue())) {
                String text = option.description().length == 0 ? "" : firstSentence(option.description()[0]);
                completions.add(new Completion(option.longestName(), text, true));
            }
        }
    }

    private static String firstSentence(String description) {
        int end = description.indexOf(". ");
        String sentence = end < 0 ? description : description.substring(0, end);
        String text = sentence.replaceFirst("\\.$", "").replace("%%", "%");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    private static List<Completion> prefixed(String prefix, List<Completion> values) {
        return values.stream().map(value -> new Completion(prefix + value.value(), value.description(), value.whole())).toList();
    }

    /** Returns a console for a command line that is only looked at. */
    private static Console silent() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(0));
        return new Console(nowhere, nowhere, OptionalInt.empty(), false, false);
    }
}
