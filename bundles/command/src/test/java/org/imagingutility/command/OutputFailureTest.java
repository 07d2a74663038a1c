package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that nobody got are no success: standard output is full, or closed. */
class OutputFailureTest {
    private final FakeService service = new FakeService();
    private final FakeJobs jobs = new FakeJobs(service);
    private String err = "";

    /** A device that takes nothing, like /dev/full. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugins", "plugins --json", "list", "list --json", "list --device d", "list --device d --json",
        "info --in i", "info --in i --json", "verify --in i", "verify --in i --json", "verify --in i --progress json",
        "image --device d --out o", "restore --in i --device o", "export-raw --in i --out o", "convert --in i --out o",
        "verify-set --set-dir s", "restore-set --set-dir s --out-raw o", "dump-pt --device d --out o",
        "jobs", "jobs --json", "config", "config --json",
        "--help", "help", "help verify", "verify --help", "--version"})
    void isAnErrorThatSaysSo(String line) {
        service.damages = List.of();
        assertThat(run(new Full(), new ByteArrayOutputStream(), line)).isEqualTo(ExitCodes.TARGET);
        assertThat(err).contains("imaging: standard output is full or closed: not all of the result was written");
    }

    @Test
    void anErrorThatWasThereBeforeKeepsItsExitCode() {
        service.failure = new DeviceException("d", 0, "is gone", null, null);
        assertThat(run(new Full(), new ByteArrayOutputStream(), "verify --in i --progress json")).isEqualTo(ExitCodes.INPUT_OUTPUT);
    }

    @Test
    void wordsThatStandardErrorDoesNotTakeChangeNoResult() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        service.damages = List.of();
        assertThat(run(out, new Full(), "verify --in i --progress plain")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Verified");
    }

    private int run(OutputStream out, OutputStream errors, String line) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(errors instanceof Full ? errors : copy, false, StandardCharsets.UTF_8);
        Console console = Console.of(new PrintStream(out, false, StandardCharsets.UTF_8), told, null, Map.of());
        int exitCode = CommandLineRunner.ofProcess(service, new Configuration(Optional.empty()), () -> line.startsWith("jobs") ? jobs : null)
                .run(line.split(" "), console, () -> false);
        told.flush();
        err = copy.toString(StandardCharsets.UTF_8);
        return exitCode;
    }
}
