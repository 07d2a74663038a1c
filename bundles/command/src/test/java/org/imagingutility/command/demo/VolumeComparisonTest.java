package org.imagingutility.command.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.ExtentList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeComparisonTest {
    @TempDir
    private Path folder;
    private Path volume;
    private byte[] content;
    private ExtentList used;

    @BeforeEach
    void unpackTheSample() throws IOException {
        volume = folder.resolve("volume.img");
        Sample.unpack(volume);
        content = Files.readAllBytes(volume);
        used = Sample.allocated();
    }

    @Test
    void sampleIsAnNtfsVolumeWithFreeRangesThatHoldDeletedData() throws IOException {
        assertThat(new String(content, 3, 4, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("NTFS");
        assertThat(used.end(used.count() - 1)).isEqualTo(content.length);
        VolumeComparison same = VolumeComparison.of(volume, volume, used);
        assertThat(same.usedDifferences()).isZero();
        assertThat(same.usedBytes() + same.freeBytes()).isEqualTo(content.length);
        assertThat(same.freeOriginal()).isPositive();
        assertThat(same.proven()).isFalse(); // what was deleted has come along
    }

    @Test
    void provesACopyOfTheUsedRanges() throws IOException {
        assertThat(VolumeComparison.of(volume, copy(-1), used).proven()).isTrue();
    }

    @Test
    void findsOneByteThatDiffersAtEachEndOfAUsedRange() throws IOException {
        for (long offset : new long[] {used.offset(0), used.end(0) - 1, used.offset(1), used.end(used.count() - 1) - 1}) {
            VolumeComparison found = VolumeComparison.of(volume, copy(offset), used);
            assertThat(found.usedDifferences()).isEqualTo(1);
            assertThat(found.firstDifference()).isEqualTo(offset);
            assertThat(found.proven()).isFalse();
        }
    }

    @Test
    void findsOneByteInAFreeRange() throws IOException {
        VolumeComparison found = VolumeComparison.of(volume, copy(used.end(0)), used);
        assertThat(found.usedDifferences()).isZero();
        assertThat(found.freeRestored()).isEqualTo(1);
        assertThat(found.proven()).isFalse();
    }

    @Test
    void refusesFilesOfDifferentLength() throws IOException {
        Path shorter = Files.write(folder.resolve("shorter.img"), new byte[512]);
        assertThatIOException().isThrownBy(() -> VolumeComparison.of(volume, shorter, used));
    }

    /** Makes a copy of the used ranges, with the byte at {@code changed} inverted. */
    private Path copy(long changed) throws IOException {
        byte[] copy = new byte[content.length];
        for (int i = 0; i < used.count(); i++) {
            System.arraycopy(content, (int) used.offset(i), copy, (int) used.offset(i), (int) used.length(i));
        }
        if (changed >= 0) {
            copy[(int) changed] ^= (byte) 0xff;
        }
        return Files.write(folder.resolve("copy.img"), copy);
    }
}
