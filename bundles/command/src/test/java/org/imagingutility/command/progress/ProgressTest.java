package org.imagingutility.command.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.imagingutility.api.job.Progress;
import org.imagingutility.command.text.Json;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long GIB = 1L << 30;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    @Test
    void printsALineAsTheManualShowsIt() {
        new LineProgress(stream, () -> now).show(progress(GIB * 123 / 10, GIB * 441 / 10, 30));
        assertThat(lines()).containsExactly("Imaging C::  27.9%  12.3 GiB / 44.1 GiB  419.8 MiB/s  ETA 01:18");
    }

    @Test
    void printsAtMostALineASecondButAlwaysTheFirstAndTheLast() {
        LineProgress view = new LineProgress(stream, () -> now);
        for (int i = 0; i <= 100; i++) {
            now = i * 50_000_000L;
            view.show(progress(i, 100, 1));
        }
        view.show(progress(100, 100, 1));
        assertThat(lines()).hasSize(6).last().asString().startsWith("Imaging C:: 100.0%");
    }

    @Test
    void howFarACheckIsMakesItNoNewActivity() {
        LineProgress view = new LineProgress(stream, () -> now);
        for (int i = 0; i < 100; i++) {
            now = i * 10_000_000L;
            view.show(new Progress("Checking (" + i + "%)", "C:", 40, 100, 40, 1_000_000_000L));
        }
        assertThat(lines()).containsExactly("Checking (0%) C::  40.0%  40 B / 100 B  -  ETA --:--");
    }

    @Test
    void neverClaimsAHundredPercentTooEarly() {
        new LineProgress(stream, () -> now).show(progress(99_999, 100_000, 1));
        assertThat(lines()).first().asString().contains(" 99.9%");
    }

    @Test
    void saysNothingOfTimeLeftBeforeAnythingIsDone() {
        new LineProgress(stream, () -> now).show(progress(0, 100, 0));
        assertThat(lines()).containsExactly("Imaging C::   0.0%  0 B / 100 B  -  ETA --:--");
    }

    @Test
    void drawsABarThatFitsTheTerminal() {
        for (int width : new int[] {1, 20, 40, 60, 79, 119, 300}) {
            assertThat(BarProgress.line(progress(GIB, 4 * GIB, 10), width)).hasSizeLessThanOrEqualTo(width);
        }
        assertThat(BarProgress.line(progress(GIB, 4 * GIB, 10), 119))
                .isEqualTo("Imaging C: [##########..............................]  25.0%  1.0 GiB / 4.0 GiB  102.4 MiB/s  ETA 00:30");
    }

    @Test
    void leavesNothingOfTheBarOnTheScreen() {
        BarProgress bar = new BarProgress(stream, 80, () -> now);
        bar.show(progress(GIB, 4 * GIB, 10));
        bar.notice("something to know");
        bar.close();
        bar.close();
        assertThat(screen()).containsExactly("something to know");
    }

    @Test
    void overwritesALongerLineWholly() {
        BarProgress bar = new BarProgress(stream, 80, () -> now);
        bar.show(new Progress("Imaging", "a long name of a device", 1, 2, 1));
        bar.show(new Progress("Verifying", "b", 1, 2, 1));
        assertThat(screen()).hasSize(1).first().asString().startsWith("Verifying b [").doesNotContain("device");
    }

    @Test
    void writesAJsonObjectALine() {
        JsonProgress view = new JsonProgress(new Json(stream), () -> now);
        view.show(progress(50, 100, 2));
        view.notice("line \"one\"\n");
        assertThat(lines()).containsExactly(
                "{\"type\":\"progress\",\"activity\":\"Imaging\",\"subject\":\"C:\",\"doneBytes\":50,\"totalBytes\":100,\"earlierBytes\":0,"
                        + "\"elapsedNanos\":2000000000,\"bytesPerSecond\":25,\"secondsLeft\":2}",
                "{\"type\":\"notice\",\"message\":\"line \\\"one\\\"\\n\"}");
    }

    private static Progress progress(long done, long total, long seconds) {
        return new Progress("Imaging", "C:", done, total, seconds * 1_000_000_000L);
    }

    private java.util.List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What a terminal shows after these bytes: carriage returns overwrite, blanks at the end do not show. */
    private java.util.List<String> screen() {
        java.util.List<String> rows = new java.util.ArrayList<>();
        StringBuilder row = new StringBuilder();
        int column = 0;
        for (char c : bytes.toString(StandardCharsets.UTF_8).toCharArray()) {
            if (c == '\n') {
                rows.add(row.toString().stripTrailing());
                row.setLength(0);
                column = 0;
            } else if (c == '\r') {
                column = 0;
            } else {
                row.replace(column, Math.min(row.length(), column + 1), String.valueOf(c));
                column++;
            }
        }
        rows.add(row.toString().stripTrailing());
        rows.removeIf(String::isEmpty);
        return rows;
    }
}
