package org.imagingutility.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aLineHasTimeLevelBundleJobAndMessage() throws IOException {
        try (LogFile log = open(1 << 20)) {
            log.publish(record(Level.INFO, "[{0}] {1}", "job 7", "begins {0}"));
            log.publish(record(Level.SEVERE, "plain {0}"));
        }
        List<String> lines = Files.readAllLines(folder.resolve("log/imaging.0.0.log"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d INFO    a\\.bundle "
                + "\\[job 7\\] begins \\{0\\}");
        assertThat(lines.get(1)).endsWith(" ERROR   a.bundle [-] plain {0}");
    }

    @Test
    void namesFromOutsideBeginNoLineAndSteerNoTerminal() {
        LogRecord record = record(Level.WARNING, "[{0}] {1}", "job 1", "label \"a\n2026 ERROR forged\r\u001b[2J\u202e\u0085\"");
        record.setThrown(new IOException("disk\nforged", new IllegalStateException("x\u001b")));
        String text = new LogLine().format(record);
        assertThat(text).doesNotContain("\u001b", "\r", "\u202e", "\u0085").contains("a\\n2026 ERROR forged\\r\\u001b[2J")
                .contains("\tjava.io.IOException: disk\\nforged\n\t\tat ", "\tcaused by: java.lang.IllegalStateException: x\\u001b\n");
        assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith("\t"));
    }

    @Test
    void errorsThatAreEachOthersCausesEnd() {
        Exception one = new Exception("one");
        one.addSuppressed(new Exception("two", one));
        LogRecord record = record(Level.INFO, "m");
        record.setThrown(one);
        assertThat(new LogLine().format(record)).contains("suppressed: java.lang.Exception: two", "caused by: java.lang.Exception: one");
    }

    @Test
    void filesAreChangedWhenTheyAreFullAndTheOldestGoes() throws IOException {
        try (LogFile log = open(4096)) {
            for (int i = 0; i < 1000; i++) {
                log.publish(record(Level.INFO, "line " + i + " " + "x".repeat(80)));
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".log"))).hasSize(5)
                    .allMatch(file -> file.toFile().length() < 4096 + 200);
        }
        assertThat(Files.readString(folder.resolve("log/imaging.0.0.log"))).contains("line 999 ");
    }

    @Test
    void twoAtOnceWriteFilesOfTheirOwn() throws IOException {
        try (LogFile one = open(1 << 20); LogFile two = open(1 << 20)) {
            one.publish(record(Level.INFO, "of one"));
            two.publish(record(Level.INFO, "of two"));
            assertThat(Files.readString(folder.resolve("log/imaging.0.0.log"))).contains("of one").doesNotContain("of two");
            assertThat(Files.readString(folder.resolve("log/imaging.1.0.log"))).contains("of two").doesNotContain("of one");
        }
    }

    @Test
    void aLogThatCannotBeWrittenIsToldOfOnceAndFailsNothing() throws IOException {
        Files.writeString(folder.resolve("log"), "in the way");
        try (LogFile log = open(1 << 20)) {
            log.publish(record(Level.INFO, "one"));
            log.publish(record(Level.INFO, "two"));
            log.flush();
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no log is written to").hasLineCount(1);
    }

    @Test
    void liesWhereJobsAreKept() {
        Map<String, String> none = Map.of();
        assertThat(LogFolder.find("/d", none, "/h", "Linux", "imagingutility")).isEqualTo(Path.of("/d/log").toAbsolutePath());
        assertThat(LogFolder.find(null, Map.of("IMAGINGUTILITY_DATA", "/e"), "/h", "Linux", "imagingutility")).isEqualTo(Path.of("/e/log").toAbsolutePath());
        assertThat(LogFolder.find(null, Map.of("XDG_STATE_HOME", "/s"), "/h", "Linux", "imagingutility")).isEqualTo(Path.of("/s/imagingutility/log"));
        assertThat(LogFolder.find(null, Map.of("XDG_STATE_HOME", "s"), "/h", "Linux", "imagingutility"))
                .isEqualTo(Path.of("/h/.local/state/imagingutility/log"));
    }

    private LogFile open(int longest) {
        return new LogFile(folder.resolve("log"), longest, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static LogRecord record(Level level, String message, Object... parameters) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("a.bundle");
        record.setParameters(parameters.length == 0 ? null : parameters);
        return record;
    }
}
