package org.imagingutility.command.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final String REASON = "\"/mnt/backup/2026/november/system.skzimg\": the target is full: 0 bytes are free";

    @Test
    void whatIsNoTerminalGetsWholeRows() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        jobs().print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(3).anyMatch(line -> line.endsWith(REASON));
    }

    @Test
    void aWideTerminalShowsTheSame() {
        assertThat(on(200)).hasSize(3).anyMatch(line -> line.endsWith(REASON));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 55, 60, 80, 100, 120})
    void noLineIsLongerThanTheTerminalAndNothingIsLost(int columns) {
        List<String> lines = on(columns);
        assertThat(lines).allMatch(line -> line.length() <= columns);
        String all = String.join(" ", lines);
        // words that belong to no name that is broken
        assertThat(all).contains("INTERRUPTED", "FAILED", "target", "1234", "12");
        assertThat(all.replaceAll("\\s+", "")).contains("12", "RUNNING".substring(0, 3));
        for (String word : "its process ended the full bytes are free".split(" ")) {
            assertThat(all.split("[ \":]+")).contains(word);
        }
    }

    @Test
    void cellsAreContinuedBelowThemselves() {
        Table table = new Table(">ID", "STATE", "REASON");
        table.add("3", "FAILED", "the device is gone");
        assertThat(on(24, table)).containsExactly("ID  STATE   REASON", " 3  FAILED  the device",
                "            is gone");
    }

    @Test
    void rowsAreListsWhereCellsWouldBeTooNarrow() {
        Table table = new Table(">ID", "STATE", ">WORKERS", "REASON");
        table.add("3", "INTERRUPTED", "2", "its process ended");
        assertThat(on(22, table)).containsExactly("", "ID       3", "STATE    INTERRUPTED", "WORKERS  2", "REASON   its process",
                "         ended");
    }

    private static Table jobs() {
        Table table = new Table(">ID", "STATE", "JOB", ">DONE", ">OF", ">WORKERS", "REASON");
        table.add("12", "INTERRUPTED", "image /dev/mapper/vg--data-root", "93.2%", "931.5 GiB", "", "its process ended");
        table.add("1234", "FAILED RUNNING", "image /dev/disk/by-id/ata-WDC_WD10EZEX-08WN4A0", "0.0%", "1.0 TiB", "16", REASON);
        return table;
    }

    private static List<String> on(int columns) {
        return on(columns, jobs());
    }

    private static List<String> on(int columns, Table table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminalStream out = new TerminalStream(new PrintStream(bytes, false, StandardCharsets.UTF_8), columns, StandardCharsets.UTF_8);
        table.print(out);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
