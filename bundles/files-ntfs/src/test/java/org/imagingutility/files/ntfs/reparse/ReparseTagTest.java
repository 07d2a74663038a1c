package org.imagingutility.files.ntfs.reparse;

import static org.assertj.core.api.Assertions.assertThat;

import org.imagingutility.api.error.FileRefusedException.Reason;
import org.imagingutility.api.files.FileKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReparseTagTest {
    @ParameterizedTest
    @CsvSource({
        "0xA000000C, SYMBOLIC_LINK, SYMBOLIC_LINK",
        "0xA000001D, SYMBOLIC_LINK, SYMBOLIC_LINK",
        "0xA0000003, JUNCTION, JUNCTION",
        "0x80000023, SOCKET, SOCKET",
        "0x80000024, PIPE, PIPE",
        "0x80000025, CHARACTER_DEVICE, CHARACTER_DEVICE",
        "0x80000026, BLOCK_DEVICE, BLOCK_DEVICE",
        "0xA0000019, OTHER, OTHER",
        "0x80000017, FILE, DIRECTORY",
        "0x80000013, FILE, DIRECTORY",
        "0x9000F01A, FILE, DIRECTORY",
        "0x80001234, FILE, DIRECTORY"})
    void tellsWhatAFileOrDirectoryWithATagIs(String tag, FileKind file, FileKind directory) {
        int value = Long.decode(tag).intValue();
        assertThat(ReparseTag.kind(value, false)).isEqualTo(file);
        assertThat(ReparseTag.kind(value, true)).isEqualTo(directory);
    }

    @Test
    void refusesAllPlaceholdersOfCloudServices() {
        for (int variant = 0; variant < 16; variant++) {
            assertThat(ReparseTag.refusal(0x9000_001A | variant << 12)).contains(Reason.CLOUD_PLACEHOLDER);
        }
    }
}
