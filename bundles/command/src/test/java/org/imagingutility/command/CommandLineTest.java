package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, errors and lines that cannot be. */
class CommandLineTest extends TypedLines {
    private final FakeService service = new FakeService();

    @Test
    void tellsErrorAndRemedyWithoutAStackTrace() {
        service.failure = new FileSystemException("C:", 42, "run list ends outside the volume", "image it with --all-blocks");
        assertThat(run("image", "--device", "C:", "--out", "o")).isEqualTo(ExitCodes.INPUT_OUTPUT);
        assertThat(err.lines()).contains("imaging: file system on \"C:\" at byte 42: run list ends outside the volume",
                "remedy: image it with --all-blocks");
        assertThat(err).doesNotContain("\tat ");
        run("image", "--device", "C:", "--out", "o", "--verbose");
        assertThat(err).contains("\tat ");
    }

    @Test
    void callsAFaultOfThisProgramByItsName() {
        service.failure = new IllegalStateException("what?");
        assertThat(run("info", "--in", "x")).isEqualTo(ExitCodes.INTERNAL);
        assertThat(err.lines()).containsExactly("imaging: internal error: java.lang.IllegalStateException: what?",
                "remedy: run with --verbose to see where");
    }

    @Test
    void saysHowToContinueWhenMemoryRunsOut() {
        service.failure = new OutOfMemoryError("Cannot reserve 1 bytes of direct buffer memory");
        assertThat(run("verify", "--in", "x")).isEqualTo(ExitCodes.MEMORY);
        assertThat(err).contains("imaging: not enough memory: Cannot reserve", "--frame-size", "-Xmx512m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image --device C: --out o --frame-size -1", "image --device C: --out o --chunk-size 1.5M",
        "image --device C: --out o --max-bytes 99999999T", "image --device C: --out o --frame-size 65G",
        "image --device C: --out o --parallel 257", "image --device C: --out o --pipeline-depth -1", "image --device C:",
        "image --device C: --device D: --out o", "verify --in", "verify --in x --nonsense", "verify x", "nonsense", "",
        "info --in x --progress fancy", "export-range --in i --out o --offset -5", "image --device C: --out o --level high"})
    void refusesBadCommandLinesWithOne(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err).startsWith("imaging: ").doesNotContain("\tat ", "internal error");
        assertThat(out).isEmpty();
        assertThat(service.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image --volumes C:,D:", "image --out-dir d", "image --volumes C: --out-dir d --device D:",
        "image --volumes C: --out-dir d --out o", "image --volumes C:,c: --out-dir d", "image --volumes , --out-dir d", "image",
        "image --device C: --out o --use-vss --all-blocks", "backup-disk --device C: --out-dir d --use-vss --all-blocks"})
    void refusesVolumesThatDoNotFitTheRestOfTheLine(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err).startsWith("imaging: ").doesNotContain("\tat ", "internal error");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void offersTheNearestSpelling() {
        run("imag");
        assertThat(err).contains("Did you mean image?");
        run("image", "--devise", "C:", "--out", "o");
        assertThat(err).contains("--devise", "Did you mean --device?");
        run("restore", "--in", "i", "--device", "d", "--frce");
        assertThat(err).contains("Did you mean --force?");
        run("verify", "--in", "i", "--xyz");
        assertThat(err).doesNotContain("Did you mean");
    }

    static Iterable<String> commands() {
        return CommandTable.COMMANDS;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEveryCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out).startsWith("Usage: imaging " + command + " ").contains("--help", "--verbose", "--plain", "--progress");
        assertThat(out.lines()).allMatch(line -> line.length() <= 80);
        assertThat(err).isEmpty();
        run("--help");
        assertThat(out.lines()).anyMatch(line -> line.strip().startsWith(command + " "));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 54, 55, 80, 100, 200})
    void helpFitsTheTerminal(int columns) {
        for (String command : CommandTable.COMMANDS) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Console console = Console.of(new PrintStream(bytes, false, StandardCharsets.UTF_8), System.err, null, Map.of())
                    .onTerminal(columns, StandardCharsets.UTF_8);
            new CommandLineRunner(service, new Configuration(Optional.empty()), false)
                    .run(new String[] {command, "--help"}, console, () -> false);
            String help = bytes.toString(StandardCharsets.UTF_8);
            assertThat(help.lines()).as(command).isNotEmpty().allMatch(line -> line.length() <= Math.min(columns, 120));
            assertThat(help).contains("--verbose");
        }
    }

    @Test
    void helpOnWhatIsNoCommandSaysSo() {
        assertThat(run("help", "verfy")).isEqualTo(ExitCodes.USAGE);
        assertThat(err).contains("verfy", "Did you mean verify?");
    }

    @Test
    void wordsOfTheParserSpeakOfNoTypes() {
        for (String line : new String[] {"image --device d --out o --retries x", "image --device d --out o --retries 99999999999",
            "dump-pt --disk x --out o"}) {
            assertThat(run(line.split(" "))).isEqualTo(ExitCodes.USAGE);
            assertThat(err).contains("is no whole number").doesNotContain(" int", "Integer", "long ");
        }
    }

    @Test
    void helpsOnACommandByItsName() {
        assertThat(run("help", "verify")).isZero();
        assertThat(out).startsWith("Usage: imaging verify ");
        assertThat(run("help")).isZero();
        assertThat(out).startsWith("Usage: imaging ");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out).matches("imaging \\d+\\.\\d+\\.\\d+\\R");
    }

    private int run(String... args) {
        return run(new CommandLineRunner(service, new Configuration(Optional.empty()), false), args);
    }
}
