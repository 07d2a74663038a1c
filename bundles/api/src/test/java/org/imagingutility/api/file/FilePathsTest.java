package org.imagingutility.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
        "\\\\?\\C:\\x\\a.skzimg > C:\\x\\a.skzimg",
        "//?/c:/x > c:/x",
        "\\\\?\\UNC\\Server\\Backups\\x.skzimg > \\\\Server\\Backups\\x.skzimg",
        "\\\\?\\unc\\s\\b > \\\\s\\b",
        "C:\\x > C:\\x", "\\\\Server\\Backups\\x.skzimg > \\\\Server\\Backups\\x.skzimg", "C:x > C:x", "..\\a > ..\\a", ". > .",
        "C:\\Windows\\ > C:\\Windows\\", "contact.txt > contact.txt", "COM10.txt > COM10.txt", "nul-1.skzimg > nul-1.skzimg",
        "COMX > COMX"})
    void givesPathsOfFilesAsJavaTakesThem(String named, String path) {
        assertThat(FilePaths.onWindows(named)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\?\\C:\\", "\\\\?\\C:", "\\\\?\\Volume{0a-1}\\", "\\\\.\\PhysicalDrive0",
        "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1", "\\\\?\\UNC\\", "C:\\x", "\\\\?", ""})
    void takesNoDeviceForAFile(String named) {
        assertThat(FilePaths.isVerbatim(named)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CON", "nul", "C:\\x\\COM1.skzimg", "a/lpt9", "C:aux.tar.gz", "\\\\?\\C:\\x\\PRN", "COM\u00b9", "con .txt",
        "CONIN$", "NUL\\a", "d:\\NUL.partial"})
    void refusesNamesOfDevices(String named) {
        assertThatThrownBy(() -> FilePaths.onWindows(named)).isInstanceOf(InvalidPathException.class)
                .hasMessageContaining("is the name of a device in every folder of Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.skzimg.", "C:\\x.\\a", "a ", "C:\\x \\a", "..."})
    void refusesNamesOfWhichWindowsDropsTheEnd(String named) {
        assertThatThrownBy(() -> FilePaths.onWindows(named)).isInstanceOf(InvalidPathException.class)
                .hasMessageContaining("which Windows drops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.img:stream", "C:\\a.img:s:$DATA", "x\\C:\\a"})
    void refusesStreamsOfFiles(String named) {
        assertThatThrownBy(() -> FilePaths.onWindows(named)).isInstanceOf(InvalidPathException.class)
                .hasMessageContaining("names a stream of a file");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "names that Windows does not have")
    void leavesNamesAloneWhereAllAreFiles() {
        assertThat(FilePaths.of("/x/NUL")).isEqualTo(Path.of("/x/NUL"));
        assertThat(FilePaths.of("a.").toString()).isEqualTo("a.");
        assertThat(FilePaths.of("a:b").toString()).isEqualTo("a:b");
    }

    @Test
    @EnabledOnOs(value = OS.WINDOWS, disabledReason = "names of Windows")
    void appliesTheRulesOfWindowsThere() {
        assertThat(FilePaths.of("\\\\?\\C:\\x\\a.img")).isEqualTo(Path.of("C:\\x\\a.img"));
        assertThatThrownBy(() -> FilePaths.of("C:\\NUL")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> FilePaths.of("C:\\a?")).isInstanceOf(InvalidPathException.class);
    }
}
