package org.imagingutility.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imagingutility.shell.platform.WindowsLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsLineTest {
    private final Gogo gogo = new Gogo(true);

    @AfterEach
    void close() {
        gogo.close();
    }

    private static List<Arguments> lines() {
        return List.of(
                Arguments.of("note C:\\pw\\x", List.of("C:\\pw\\x")),
                Arguments.of("note C:\\users\\new\\tmp", List.of("C:\\users\\new\\tmp")),
                Arguments.of("note \\\\Server\\Backups\\x.skzimg", List.of("\\\\Server\\Backups\\x.skzimg")),
                Arguments.of("note \\\\?\\Volume{0a1b-22}\\ b", List.of("\\\\?\\Volume{0a1b-22}\\", "b")),
                Arguments.of("note \\\\.\\PhysicalDrive0 \\\\.\\C:", List.of("\\\\.\\PhysicalDrive0", "\\\\.\\C:")),
                Arguments.of("note \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1; note b",
                        List.of("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1")),
                Arguments.of("note --out-dir D:\\Backups\\ --verify", List.of("--out-dir", "D:\\Backups\\", "--verify")),
                Arguments.of("note --out-dir=D:\\users\\", List.of("--out-dir=D:\\users\\")),
                Arguments.of("note \"C:\\my files\\\" 'C:\\a $b\\' b", List.of("C:\\my files\\", "C:\\a $b\\", "b")),
                Arguments.of("note \"C:\\it's\\u\" b", List.of("C:\\it's\\u", "b")),
                Arguments.of("note D:\\a\\\nnote b", List.of("D:\\a\\")),
                Arguments.of("note a \\\n b", List.of("a", "b")),
                Arguments.of("note a # don't C:\\users\nnote b", List.of("a")),
                Arguments.of("if { true } { note C:\\users\\x }", List.of("C:\\users\\x")),
                Arguments.of("each [C:\\u1 C:\\u2] { note $it\\x }", List.of("C:\\u1\\x")),
                Arguments.of("x = C:\\users; note $x\\a", List.of("C:\\users\\a")),
                Arguments.of("x = C:\\users; note $x", List.of("C:\\users")),
                Arguments.of("x = C:\\users; note --out=$x $x\\${x}#1 \"$x\\b\"",
                        List.of("--out=C:\\users", "C:\\users\\C:\\users#1", "C:\\users\\b")),
                Arguments.of("x = C:\\users; if { true } { note a=${x} }", List.of("a=C:\\users")),
                Arguments.of("echo C:\\users | grep C:; note C:\\Users", List.of("C:\\Users")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aBackslashIsALetterOfWindows(String line, List<String> words) {
        assertThat(gogo.session.run(line)).as(gogo.err()).isZero();
        assertThat(gogo.noted).isNotEmpty();
        assertThat(gogo.noted.get(0)).isEqualTo(words);
    }

    /** Every character that may stand in a name of Windows, and gogo does not read itself. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "u", "n", "t", "0", "'", ".", "-", "_", "+", "@", "~", "!", "^", ",", "=", "\u00e4", "\u4e2d"})
    void noLetterBehindABackslashChangesAnything(String letter) {
        String name = "C:\\" + letter + "x\\" + letter;
        assertThat(gogo.session.run("note \"" + name + "\"")).as(gogo.err()).isZero();
        assertThat(gogo.noted).containsExactly(List.of(name));
    }

    @Test
    void linesOfOtherSystemsAreLeftAsTheyAre() {
        String line = "note a\\ b 'c\\d'";
        assertThat(WindowsLine.forGogo(line, false)).isSameAs(line);
        Gogo other = new Gogo(false);
        assertThat(other.session.run(line)).isZero();
        other.close();
        assertThat(other.noted).containsExactly(List.of("a b", "c\\d"));
    }

    @Test
    void linesWithoutABackslashAreLeftAsTheyAre() {
        String line = "note {a} # b";
        assertThat(WindowsLine.forGogo(line, true)).isSameAs(line);
    }

    @Test
    void knowsThePlaceOfEachCharacter() {
        WindowsLine line = WindowsLine.of("a C:\\b\\");
        assertThat(line.text()).isEqualTo("a C:\\\\b\\\\");
        assertThat(line.toText(4)).isEqualTo(4);
        assertThat(line.toText(5)).isEqualTo(6);
        assertThat(line.toText(7)).isEqualTo(9);
        assertThat(line.toTyped(9)).isEqualTo(7);
        assertThat(line.toTyped(6)).isEqualTo(5);
    }
}
