package org.imagingutility.command.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends real signals to processes of their own; see {@link Interruptible}. */
@Timeout(120)
class CancellationTest {
    private Process process;
    private BufferedReader out;

    @AfterEach
    void endTheProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void lettingTheJobEndGivesItsExitCode() throws Exception {
        start("polite");
        signal("TERM");
        assertThat(process.waitFor()).isEqualTo(ExitCodes.CANCELLED);
    }

    @Test
    void aSecondSignalEndsAJobThatDoesNotListen() throws Exception {
        start("deaf");
        signal("TERM");
        assertThat(out.readLine()).isEmpty();
        assertThat(out.readLine()).endsWith("stopping (once more: stop at once)");
        do {
            // one that comes before the process listens again is lost
            signal("TERM");
        } while (!process.waitFor(1, TimeUnit.SECONDS));
        assertThat(process.exitValue()).isEqualTo(ExitCodes.CANCELLED);
        assertThat(out.readLine()).as("it would end by itself after a while, but says so").isNull();
    }

    private void start(String manner) throws Exception {
        assumeTrue(File.separatorChar == '/', "signals are sent by kill, which Windows has not");
        String classes = Path.of(Cancellation.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        String tests = Path.of(classes).resolveSibling("test-classes").toString();
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                classes + File.pathSeparator + tests, Interruptible.class.getName(), manner)
                .redirectErrorStream(true).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("ready");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
}
