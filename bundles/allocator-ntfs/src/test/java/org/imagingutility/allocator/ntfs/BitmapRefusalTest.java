package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bitmap that contradicts the volume, the table or itself. */
class BitmapRefusalTest {
    private final VolumeBuilder volume = new VolumeBuilder();

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 11, 19})
    void refusesABitmapThatHasItsOwnBasesFree(int cluster) {
        CountingDevice device = volume.build();
        int bit = 2 * 4096 + cluster / 8;
        volume.bytes.write(bit, (byte) (volume.bytes.read(bit, 1)[0] & ~(1 << cluster % 8)));
        assertRefused(device, bit, "the bitmap has cluster " + cluster + " free");
    }

    @Test
    void refusesABitmapOfZeros() {
        volume.fillBitmap = false;
        assertRefused(volume.build(), 2 * 4096, "the bitmap has cluster 0 free");
    }

    @Test
    void refusesABitmapInTheClustersOfTheTable() {
        volume.bitmap = List.of(new Run(19, 1));
        assertRefused(volume.build(), 19 * 4096, "cluster 19 belongs twice");
    }

    @Test
    void refusesABitmapInTheBootSector() {
        volume.bitmap = List.of(new Run(0, 1));
        volume.fillBitmap = false;
        assertRefused(volume.build(), 0, "cluster 0 belongs twice");
    }

    @Test
    void refusesRunsThatOverlap() {
        volume.clusters(512, 20_000);
        volume.mft = List.of(new Run(100, 32));
        volume.bitmap = List.of(new Run(30, 4), new Run(33, 1));
        assertRefused(volume.build(), 33 * 512, "cluster 33 belongs twice");
    }

    @Test
    void refusesMoreClustersThanTheVolumeHas() {
        volume.bitmap = List.of(new Run(2, 1), new Run(2, 998), new Run(2, 2));
        assertRefused(volume.build(), -1, "the runs of $Bitmap have more clusters than the volume, which has 1000");
    }

    @Test
    void refusesABitmapTooShortForTheClusters() {
        volume.build();
        patchData(48, 124);
        patchData(56, 124);
        assertRefused(device(), -1, "$Bitmap has 124 bytes initialised; 1000 clusters need 125");
    }

    @Test
    void refusesABitmapThatWasNotWrittenToItsEnd() {
        volume.build();
        patchData(56, 124);
        assertRefused(device(), -1, "$Bitmap has 124 bytes initialised; 1000 clusters need 125");
    }

    @Test
    void acceptsABitmapLongerThanTheClustersNeed() throws ImagingException {
        volume.build();
        patchData(48, 4096);
        patchData(56, 128);
        assertThat(Extents.of(device())).isEqualTo(Extents.model(volume));
    }

    @ParameterizedTest
    @CsvSource({"40, 4095, says it has 4095 bytes allocated", "40, 8192, says it has 8192 bytes allocated",
        "40, -1, says it has -1 bytes allocated", "48, 4097, has 4097 bytes", "48, -1, has -1 bytes",
        "56, 126, has 126 bytes initialised", "56, -125, has -125 bytes initialised",
        "16, 1, has no data of $Bitmap from its cluster 0 on", "24, 1, ends with its cluster 1",
        "24, -1, ends with its cluster -1"})
    void refusesSizesThatContradictOneAnother(int at, long value, String reason) {
        volume.build();
        patchData(at, value);
        assertRefused(device(), -1, reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0001, 0x4000, 0x8000})
    void refusesCompressedEncryptedAndSparseData(int flags) {
        volume.build();
        volume.patchRecord(6, dataAt() + 12, (byte) flags, (byte) (flags >> 8));
        assertRefused(device(), -1, String.format("(flags 0x%04X)", flags));
    }

    @Test
    void refusesABitmapInsideItsRecord() {
        volume.build();
        int named = volume.attributeAt(6, Attribute.DATA);
        volume.patchRecord(6, named + 9, (byte) 0);
        assertRefused(device(), volume.recordOffset(6) + named + 8, "stands in its record");
    }

    @Test
    void refusesATableThatDoesNotBeginWhereTheBootSectorSays() {
        volume.build();
        int pairs = volume.attributeAt(0, Attribute.DATA) + 40 + 64;
        volume.patchRecord(0, pairs + 2, (byte) 5);
        assertRefused(device(), volume.recordOffset(0) + pairs, "$MFT begins in cluster 5");
    }

    @Test
    void refusesATableTooShortForTheBitmapsRecord() {
        volume.mft = List.of(new Run(4, 1));
        volume.bitmap = List.of(new Run(2, 1));
        volume.clusters(4096, 1000);
        volume.recordSize = 4096;
        volume.clustersPerRecord = 1;
        assertThatThrownBy(volume::build).as("the builder cannot write record 6").isInstanceOf(RuntimeException.class);
        assertRefused(device(), 4 * 4096, "record 6 of $MFT is needed, but only 1 records can be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BAAD", "\0\0\0\0", "file"})
    void refusesARecordThatIsNone(String magic) {
        volume.build();
        volume.bytes.write(volume.recordOffset(6), magic.getBytes(StandardCharsets.US_ASCII));
        assertRefused(device(), volume.recordOffset(6), "not with \"FILE\"");
    }

    @Test
    void refusesARecordWithTheNumberOfAnother() {
        volume.build();
        volume.patchRecord(6, 44, (byte) 7);
        assertRefused(device(), volume.recordOffset(6) + 44, "record 6 of $MFT says it is record 7");
    }

    private void patchData(int at, long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        volume.patchRecord(6, dataAt() + at, bytes);
    }

    /** The unnamed data follows a named one of 40 bytes. */
    private int dataAt() {
        return volume.attributeAt(6, Attribute.DATA) + 40;
    }

    private CountingDevice device() {
        return new CountingDevice(volume.deviceLength(), 512, volume.bytes);
    }

    private static void assertRefused(CountingDevice device, long offset, String reason) {
        assertThatThrownBy(() -> Extents.of(device)).isInstanceOfSatisfying(FileSystemException.class, refusal -> {
            assertThat(refusal).hasMessageContaining(reason);
            assertThat(refusal.offset()).isBetween(0L, device.length());
            if (offset >= 0) {
                assertThat(refusal.offset()).isEqualTo(offset);
            }
        });
    }
}
