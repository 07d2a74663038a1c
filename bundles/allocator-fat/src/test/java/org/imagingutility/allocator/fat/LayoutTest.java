package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of the boot sector that contradict each other or the device: refused, with the byte and the reason. */
class LayoutTest {

    @ParameterizedTest
    @CsvSource({
            "12, 19, ffff, 19, 'the volume has 65535 sectors of 512 bytes, the device only'",
            "12, 22, 0b00, 22, 'a FAT has 5632 bytes; 4002 clusters of FAT12 need 6006'",
            "16, 22, ff7f, 22, 'the first cluster would begin in sector 65567'",
            "32, 32, ffffffff, 32, 'the volume has 4294967295 sectors of 512 bytes'",
            "32, 36, 01000000, 36, 'a FAT has 512 bytes; 71092 clusters of FAT32 need 284376'",
            "32, 36, ffffffff, 36, 'the first cluster would begin in sector 8589934622'",
            "32, 42, 0100, 42, 'version 0.1 of FAT32'",
            "32, 44, 01000000, 44, 'the root directory begins in cluster 1, which is not in 2..70001'",
            "32, 44, 72110100, 44, 'the root directory begins in cluster 70002'",
            "32, 44, ffffffff, 44, 'the root directory begins in cluster 4294967295'",
            "32, 40, 8200, 40, 'FAT 2 is the active one, but the volume has 2'"})
    void refusesContradictions(int bits, int at, String hex, long offset, String reason) {
        VolumeBuilder volume = new VolumeBuilder(bits, bits == 12 ? 4000 : bits == 16 ? 10_000 : 70_000);
        CountingDevice device = volume.build();
        volume.bytes.write(at, HexFormat.of().parseHex(hex));
        FileSystemException refusal =
                catchThrowableOfType(FileSystemException.class, () -> new FatAllocator().recognise(device));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal).hasMessageContaining(reason).hasMessageContaining("\"volume\"");
        assertThat(refusal.offset()).isEqualTo(offset);
        assertThat(refusal.remedy()).hasValue("image all blocks instead (--all-blocks)");
    }

    @ParameterizedTest
    @CsvSource({"16, 65525, 65524", "16, 70000, 65524", "32, 268435446, 268435445"})
    void refusesMoreClustersThanTheKindHas(int bits, long clusters, long most) {
        VolumeBuilder volume = new VolumeBuilder(bits, clusters);
        volume.sectorsPerFat = bits == 16 ? 300 : 0;
        FileSystemException refusal =
                catchThrowableOfType(FileSystemException.class, () -> new FatAllocator().recognise(volume.build()));
        assertThat(refusal).hasMessageContaining("FAT" + bits + " has at most " + most);
    }

    @Test
    void refusesARootDirectoryThatTheFatHasFree() {
        VolumeBuilder volume = VolumeBuilder.fat32();
        volume.rootCluster = 1000;
        FileSystemException refusal =
                catchThrowableOfType(FileSystemException.class, () -> new FatAllocator().recognise(volume.build()));
        assertThat(refusal).hasMessageContaining("cluster 1000 free, in which the root directory begins");
        assertThat(refusal.offset()).isEqualTo(32 * 512 + 1000 * 4);
    }

    @Test
    void readsOnlyTheActiveFatIfTheyAreNotKeptEqual() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32().use(100, 10);
        volume.extFlags = 0x81;
        CountingDevice device = volume.build();
        volume.setEntry(0, 5000, 0x0FFF_FFFF);
        volume.setEntry(0, 2, 0);
        assertThat(Extents.of(device)).isEqualTo(volume.expected());
        assertThat(new FatAllocator().recognise(device).orElseThrow().warnings()).isEmpty();
    }
}
