package org.imagingutility.command.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void showsSecondsAsAClock() {
        assertThat(Durations.clock(0)).isEqualTo("00:00");
        assertThat(Durations.clock(192)).isEqualTo("03:12");
        assertThat(Durations.clock(3792)).isEqualTo("1:03:12");
        assertThat(Durations.clock(-1)).isEqualTo("--:--");
    }

    @Test
    void showsDurationsInFittingUnits() {
        assertThat(Durations.format(Duration.ofMillis(85))).isEqualTo("85 ms");
        assertThat(Durations.format(Duration.ofMillis(4_200))).isEqualTo("4.2 s");
        assertThat(Durations.format(Duration.ofMillis(59_960))).isEqualTo("1 min 00 s");
        assertThat(Durations.format(Duration.ofSeconds(192))).isEqualTo("3 min 12 s");
        assertThat(Durations.format(Duration.ofSeconds(7_500))).isEqualTo("2 h 05 min");
    }

    @Test
    void whatStandsInASecondColumnGoesBelowTheFirstWhereTheyDoNotFit() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WrappingWriter writer = new WrappingWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8), 40)) {
            String help = "Usage: imaging image --device=DEVICE --out=FILE [options]\n\n"
                    + "      --device=DEVICE       What to image: a block device, a volume, a raw file.\n"
                    + "      --no-optimized-reader[=true|false]\n"
                    + "                            IMAGINGUTILITY_PLAIN=1 does the same.\n   0  done\n";
            char[] chars = help.toCharArray();
            writer.write(chars, 0, chars.length);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("Usage: imaging image --device=DEVICE", "  --out=FILE [options]",
                "", "      --device=DEVICE", "        What to image: a block device, a", "        volume, a raw file.",
                "      --no-optimized-reader[=true|false]", "        IMAGINGUTILITY_PLAIN=1 does the", "        same.", "   0  done");
    }

    @Test
    void takesControlCharactersOutOfForeignText() {
        assertThat(TerminalText.safe("a\u001b[31mb\r\nc\u0085")).isEqualTo("a?[31mb??c?");
        assertThat(TerminalText.safe("Ümläut \u2603")).isEqualTo("Ümläut \u2603");
    }

    @Test
    void quotesWordsForAShellWhereTheyNeedIt() {
        assertThat(TerminalText.shellWord("/a/b-1.skzimg", false)).isEqualTo("/a/b-1.skzimg");
        assertThat(TerminalText.shellWord("it's a disk", false)).isEqualTo("'it'\\''s a disk'");
    }

    @Test
    void quotesWordsForWindowsAsItsCommandLineTakesThem() {
        assertThat(TerminalText.shellWord("C:\\Backups\\c.skzimg", true)).isEqualTo("C:\\Backups\\c.skzimg");
        assertThat(TerminalText.shellWord("\\\\Server\\Backups\\c.skzimg", true)).isEqualTo("\\\\Server\\Backups\\c.skzimg");
        assertThat(TerminalText.shellWord("C:\\it's a disk & more.skzimg", true)).isEqualTo("\"C:\\it's a disk & more.skzimg\"");
        assertThat(TerminalText.shellWord("D:\\my backups\\", true)).isEqualTo("\"D:\\my backups\\\\\"");
        assertThat(TerminalText.shellWord("a%b", true)).isEqualTo("\"a%b\"");
    }

    @Test
    void alignsTablesAndEndsLinesWithoutBlanks() {
        Table table = new Table("NAME", ">SIZE", "WHERE");
        table.add("a", "1", "");
        table.add("long\u0007name", "123456", "here");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("NAME         SIZE  WHERE", "a               1", "long?name  123456  here");
        assertThatIllegalArgumentException().isThrownBy(() -> table.add("too few"));
    }
}
