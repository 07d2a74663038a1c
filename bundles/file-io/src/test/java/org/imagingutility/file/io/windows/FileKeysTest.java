package org.imagingutility.file.io.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"FAT", "FAT12", "FAT16", "FAT32", "exFAT", "fat32\0\0\0"})
    void knowsFileSystemsWhoseNumbersMove(String name) {
        assertThat(FileKeys.isFat(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTFS", "ReFS", "CSVFS", "CDFS", "UDF", "", "FATX", "\0\0"})
    void takesTheNumbersOfOthers(String name) {
        assertThat(FileKeys.isFat(name)).isFalse();
    }

    @Test
    void aKeySaysAllOfItself() {
        assertThat(new FileKeys.Key(0x1234, 0, 0xabcd)).hasToString("(volume=1234,file=abcd)");
        assertThat(new FileKeys.Key(0x1234, 1, 0xabcd)).hasToString("(volume=1234,file=1:abcd)");
    }
}
