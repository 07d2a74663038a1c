package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structures that contradict each other or the device: refused, with the byte and the reason. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource({
            "11, 01, 11, 'must be zero is 1'",
            "63, ff, 63, 'must be zero is 255'",
            "72, ffffffffffffffff, 72, '18446744073709551615 sectors of 512 bytes'",
            "72, 0010000000000000, 92, 'do not fit in the volume'",
            "80, 17000000, 80, 'do not fit between the boot regions'",
            "80, ffffffff, 80, 'do not fit between the boot regions'",
            "84, 20000000, 84, '4096 clusters need 16392 bytes'",
            "84, ffffffff, 80, 'FATs of 4294967295 sectors'",
            "88, ffffffff, 92, 'from sector 4294967295 on do not fit'",
            "88, 20000000, 80, 'from sector 128 on do not fit between'",
            "92, 00000000, 92, '0 clusters'",
            "92, 01100000, 92, '4097 clusters of 4096 bytes'",
            "92, ffffffff, 92, '4294967295 clusters'",
            "96, 01000000, 96, 'begins in cluster 1, which is not in 2..4097'",
            "96, 02100000, 96, 'begins in cluster 4098'",
            "104, 0002, 104, 'revision 2.00'",
            "108, 08, 108, '2 to the power of 8'",
            "108, 0d, 108, '2 to the power of 13'",
            "109, 11, 109, 'more than 32 MiB'",
            "109, ff, 109, 'more than 32 MiB'",
            "110, 00, 110, 'number of FATs is 0'",
            "110, 03, 110, 'number of FATs is 3'",
            "510, 0000, 510, 'signature is 0000'",
            "120, f4, 5632, 'the checksum of the boot region is'",
            "5636, 00, 5636, 'the checksum of the boot region is'"})
    void refusesABootRegionThatIsWrongInBothCopies(int at, String hex, long offset, String reason) {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        byte[] value = HexFormat.of().parseHex(hex);
        volume.bytes.write(at, value);
        volume.bytes.write(12 * 512 + at, value);
        FileSystemException refusal = refusal(device);
        assertThat(refusal).hasMessageContaining(reason);
        assertThat(refusal.offset()).isEqualTo(offset);
        assertThat(refusal.remedy()).hasValue("image all blocks instead (--all-blocks)");
    }

    @ParameterizedTest
    @CsvSource({"9", "10", "11", "12"})
    void usesTheBackupIfOnlyTheMainBootRegionIsWrong(int sectorShift) throws ImagingException {
        for (int at : new int[] {72, 84, 96, 108, 120, 511, 11 << sectorShift}) {
            VolumeBuilder volume = new VolumeBuilder();
            volume.sectorShift = sectorShift;
            volume.inUse.set(300, 400);
            CountingDevice device = volume.build();
            volume.bytes.write(at, (byte) 0xEE);
            assertThat(Extents.of(device)).isEqualTo(volume.expected());
            assertThat(new ExfatAllocator().recognise(device).orElseThrow().warnings()).singleElement().asString()
                    .contains("main boot region", "\"volume\"", "its backup is used", "at byte");
        }
    }

    @Test
    void doesNotUseABackupOfTwoFatsAsTheActiveOneIsNotKnown() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.fatCount = 2;
        CountingDevice device = volume.build();
        volume.bytes.write(120, (byte) 0xEE);
        assertThat(refusal(device)).hasMessageContaining("checksum");
    }

    @Test
    void refusesASecondFatThatIsNotThere() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.flags = 1;
        FileSystemException refusal = refusal(volume.build());
        assertThat(refusal).hasMessageContaining("the second FAT is the active one");
        assertThat(refusal.offset()).isEqualTo(106);
    }

    @Test
    void refusesABitmapThatIsShorterThanTheHeap() {
        assertRefused(volume -> volume.writeSystemEntry(0, 0x81, 2, 511), 24,
                "allocation bitmap 0 has 511 bytes, not 512 to 4096");
    }

    @Test
    void refusesABitmapOfImpossibleLength() {
        assertRefused(volume -> volume.writeSystemEntry(0, 0x81, 2, -1), 24, "has 18446744073709551615 bytes");
        assertRefused(volume -> volume.writeSystemEntry(0, 0x81, 2, 4097), 24, "has 4097 bytes");
    }

    @Test
    void refusesABitmapOutsideTheHeap() {
        assertRefused(volume -> volume.writeSystemEntry(0, 0x81, 1, 512), 20, "begins in cluster 1");
        assertRefused(volume -> volume.writeSystemEntry(0, 0x81, 4098, 512), 20, "begins in cluster 4098");
    }

    @Test
    void refusesTwoBitmapsOfOneNumberAndNone() {
        assertRefused(volume -> volume.writeSystemEntry(3, 0x81, 2, 512), 96, "has allocation bitmap 0 twice");
        assertRefused(volume -> volume.bytes.write(volume.entryOffset(0), (byte) 1), 0, "no allocation bitmap");
    }

    @Test
    void refusesAnUpcaseTableOfImpossibleLengthOrPlace() {
        assertRefused(volume -> volume.writeSystemEntry(1, 0x82, 3, 131_073), 56, "has 131073 bytes");
        assertRefused(volume -> volume.writeSystemEntry(1, 0x82, 0, 300), 52, "begins in cluster 0");
        assertRefused(volume -> volume.writeSystemEntry(1, 0x82, 3, 5000), 56, "chain of clusters has only 4096");
    }

    @Test
    void refusesChainsThatLeaveTheVolumeOrDoNotEnd() {
        for (long next : new long[] {0, 1, 4098, 0xFFFF_FFF7L}) {
            VolumeBuilder volume = new VolumeBuilder();
            CountingDevice device = volume.build();
            volume.setEntry(0, 5, next);
            FileSystemException refusal = refusal(device);
            assertThat(refusal).hasMessageContaining("the chain of the root directory continues from cluster 5");
            assertThat(refusal.offset()).isEqualTo(volume.fat(0) + 20);
        }
        VolumeBuilder circle = new VolumeBuilder();
        CountingDevice device = circle.build();
        circle.setEntry(0, 5, 6);
        circle.setEntry(0, 6, 5);
        assertThat(refusal(device)).hasMessageContaining("does not end after 65536 clusters");
        assertThat(device.bytesRead()).isLessThan(1 << 20);
        VolumeBuilder longer = new VolumeBuilder();
        CountingDevice other = longer.build();
        longer.setEntry(0, 2, 700);
        longer.setEntry(0, 700, 0xFFFF_FFFFL);
        assertThat(refusal(other)).hasMessageContaining("allocation bitmap 0 does not end after 1 clusters");
    }

    @Test
    void refusesAClusterThatIsClaimedTwice() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.upcase = List.of(5L);
        FileSystemException refusal = refusal(volume.build());
        assertThat(refusal).hasMessageContaining("cluster 5 belongs twice");
        assertThat(refusal.offset()).isEqualTo(volume.clusterOffset(5));
    }

    /** Offsets are relative to the root directory. */
    private static void assertRefused(Consumer<VolumeBuilder> change, long offset, String reason) {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        change.accept(volume);
        FileSystemException refusal = refusal(device);
        assertThat(refusal).hasMessageContaining(reason);
        assertThat(refusal.offset()).isEqualTo(volume.entryOffset(0) + offset);
    }

    private static FileSystemException refusal(CountingDevice device) {
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class, () -> Extents.of(device));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }
}
