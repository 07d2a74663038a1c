package org.imagingutility.engine.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ImageSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowHintTest {

    private static ImageSpec spec(String fileSystem) {
        return new ImageSpec(1 << 20, 512, 64 << 10, 1 << 20, "zstd", 1, 3, true, Instant.EPOCH, 1, 16,
                Metadata.of(Map.of("fileSystem.name", fileSystem)));
    }

    @ParameterizedTest
    @CsvSource({"ext4, resize2fs", "NTFS 3.1, ntfsresize", "XFS, xfs_growfs", "btrfs, btrfs filesystem resize", "FAT32, fatresize",
        "exFAT, copy the files", "unknown, 512 bytes larger"})
    void aLargerTargetGetsTheWayOfItsFileSystem(String fileSystem, String expected) {
        assertThat(GrowHint.of(spec(fileSystem), 1 << 20, "/dev/x", (1 << 20) + 512)).hasValueSatisfying(hint ->
                assertThat(hint).contains("/dev/x", "512 bytes larger", expected));
    }

    @Test
    void aTargetOfTheSameLengthGetsNone() {
        assertThat(GrowHint.of(spec("ext4"), 1 << 20, "/dev/x", 1 << 20)).isEmpty();
    }
}
