package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes in doubtful states, which are imaged with a warning, and FATs that differ. */
class StateTest {

    @ParameterizedTest
    @CsvSource({"16, 32767, 514", "32, 134217727, 16388"})
    void saysThatTheFatHasTheVolumeDirty(int bits, long entry, long offset) throws ImagingException {
        VolumeBuilder volume = bits == 16 ? VolumeBuilder.fat16() : VolumeBuilder.fat32();
        volume.entry(1, entry);
        assertThat(warnings(volume)).singleElement().asString().contains("FAT" + bits + " volume on \"volume\"",
                "was not unmounted in order (byte " + offset + ")");
    }

    @ParameterizedTest
    @CsvSource({"16, 49151, 514", "32, 201326591, 16388"})
    void saysThatTheMediumHadErrors(int bits, long entry, long offset) throws ImagingException {
        VolumeBuilder volume = bits == 16 ? VolumeBuilder.fat16() : VolumeBuilder.fat32();
        volume.entry(1, entry);
        assertThat(warnings(volume)).singleElement().asString().contains("\"volume\"",
                "medium had read or write errors (byte " + offset + ")");
    }

    @ParameterizedTest
    @CsvSource({"12, 37", "16, 37", "32, 65"})
    void saysThatTheBootSectorHasTheVolumeDirty(int bits, long offset) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder(bits, bits == 12 ? 100 : bits == 16 ? 5000 : 70_000);
        CountingDevice device = volume.build();
        volume.bytes.write(offset, (byte) 1);
        assertThat(allocation(device).warnings()).singleElement().asString()
                .contains("was not unmounted in order (byte " + offset + ")");
    }

    @Test
    void theSecondEntryOfFat12SaysNothing() throws ImagingException {
        assertThat(warnings(VolumeBuilder.fat12().entry(1, 0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 32})
    void takesWhatOneOfTwoDifferentFatsHasInUseAndSaysSo(int bits) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder(bits, bits == 12 ? 4000 : bits == 16 ? 10_000 : 600_000);
        volume.use(100, 10);
        CountingDevice device = volume.build();
        assertThat(allocation(device).warnings()).isEmpty();
        long last = volume.clusterCount + 1;
        volume.setEntry(0, last, volume.allOnes());
        volume.setEntry(1, 205, 206);
        volume.setEntry(1, 105, 0);
        volume.setEntry(0, 107, volume.allOnes() - 8);
        volume.entry(205, 206).entry(last, 1);
        Allocation allocation = allocation(device);
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(volume.expected());
        assertThat(allocation.warnings()).singleElement().asString().contains("on \"volume\" has FATs that differ",
                "cluster 105 (bytes " + (volume.fatOffset(0) + 105 * bits / 8) + " and "
                        + (volume.fatOffset(1) + 105 * bits / 8) + ")");
    }

    @Test
    void bitsThatBelongToNoClusterMayDiffer() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32().use(100, 10);
        CountingDevice device = volume.build();
        volume.setEntry(1, 105, 0xF000_0000L | 106);
        volume.bytes.write(volume.fatOffset(1) + volume.fatSectors() * 512 - 1, (byte) 0x33);
        assertThat(allocation(device).warnings()).isEmpty();
    }

    @Test
    void aFatThatCannotBeReadIsReplacedByTheOther() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32().use(100, 1000).use(69_000, 10);
        for (int fat = 0; fat < 2; fat++) {
            CountingDevice device = volume.build();
            device.makeUnreadable(volume.fatOffset(fat), volume.fatSectors() * 512);
            Allocation allocation = allocation(device);
            assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(volume.expected());
            assertThat(allocation.warnings()).singleElement().asString().contains("cannot be compared");
        }
    }

    private static List<String> warnings(VolumeBuilder volume) throws ImagingException {
        return allocation(volume.build()).warnings();
    }

    private static Allocation allocation(CountingDevice device) throws ImagingException {
        return new FatAllocator().recognise(device).orElseThrow();
    }
}
