package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sends real signals to processes of their own; see {@link Interruptible}. */
class CancellationTest {
    @Test
    void lettingTheJobEndGivesItsExitCode() throws Exception {
        Process process = start("polite");
        signal(process, "TERM");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCodes.CANCELLED);
    }

    @Test
    void aSecondSignalEndsAJobThatDoesNotListen() throws Exception {
        Process process = start("deaf");
        signal(process, "TERM");
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
        signal(process, "TERM");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCodes.CANCELLED);
    }

    private static Process start(String manner) throws Exception {
        assumeTrue(File.separatorChar == '/', "signals are sent by kill, which Windows has not");
        String classes = Path.of(Cancellation.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        String tests = Path.of(classes).resolveSibling("test-classes").toString();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                classes + File.pathSeparator + tests, Interruptible.class.getName(), manner)
                .redirectErrorStream(true).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("ready");
        return process;
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
}
