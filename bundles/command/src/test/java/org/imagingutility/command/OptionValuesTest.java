package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Whatever is typed for an option or a parameter of any command, it is no fault of the program. */
class OptionValuesTest {
    private static final List<String> VALUES = List.of("", "0", "-1", "1.5", "99999999999999999999", "9223372036854775807",
            "2147483648", "9999999T", "-4M", "K", "9999999999d", "-1s", "true", "a\u0000b", "\ud800", "\u0661", "/no/such/folder/file",
            "://", "@x", "--", ",", "%s%n", "${env:HOME}", "[", "\n", "\u001b[2J", "x".repeat(5000));
    /** Those that all commands have: looked at with one. */
    private static final List<String> COMMON = List.of("--help", "--verbose", "--plain", "--progress", "--version");

    private final FakeService service = new FakeService();
    private final FakeJobs jobs = new FakeJobs(service);

    static List<String> commands() {
        // a demo makes the folder that --keep names, whatever that is
        return new CommandTable(false, org.imagingutility.command.inspect.RefusedBundles.NONE).names().stream()
                .filter(name -> !name.equals("demo")).toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noValueIsAFaultOfTheProgram(String name) {
        CommandLine command = runner(name).specification(name, console(new ByteArrayOutputStream())).getSubcommands().get(name);
        List<ArgSpec> arguments = new ArrayList<>(command.getCommandSpec().options());
        arguments.addAll(command.getCommandSpec().positionalParameters());
        arguments.removeIf(argument -> argument instanceof OptionSpec option && COMMON.contains(option.longestName())
                && !name.equals("info"));
        for (ArgSpec argument : arguments) {
            boolean takesNone = argument instanceof OptionSpec option && option.arity().max() == 0;
            for (String value : takesNone ? List.of("") : VALUES) {
                List<String> line = new ArrayList<>(List.of(name));
                for (OptionSpec required : command.getCommandSpec().requiredArgs().stream().filter(OptionSpec.class::isInstance)
                        .map(OptionSpec.class::cast).filter(option -> option != argument).toList()) {
                    line.addAll(List.of(required.longestName(), "x"));
                }
                if (argument instanceof OptionSpec option) {
                    line.add(option.longestName() + (takesNone ? "" : "=" + value));
                } else if (argument instanceof PositionalParamSpec) {
                    line.add(value);
                }
                ByteArrayOutputStream err = new ByteArrayOutputStream();
                int exitCode = runner(name).run(line.toArray(String[]::new), console(err), () -> true);
                String said = err.toString(StandardCharsets.UTF_8);
                assertThat(exitCode).as("%s: %s", line, said).isNotEqualTo(ExitCodes.INTERNAL);
                assertThat(said).as("%s", line).doesNotContain("internal error", "java.", "Exception");
            }
        }
    }

    private CommandLineRunner runner(String name) {
        boolean ofJobs = List.of("jobs", "job", "watch", "pause", "resume", "cancel", "parallel", "forget").contains(name);
        return CommandLineRunner.ofProcess(service, new Configuration(Optional.empty()), () -> ofJobs ? jobs : null);
    }

    private static Console console(ByteArrayOutputStream err) {
        return Console.of(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), null, Map.of());
    }
}
