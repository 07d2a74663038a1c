package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of sectors, clusters, records and volumes. */
class GeometryTest {

    @ParameterizedTest
    @CsvSource({
        "512, 512", "512, 1024", "512, 4096", "512, 65536", "512, 131072", "512, 262144", "512, 524288",
        "512, 1048576", "512, 2097152", "1024, 1024", "1024, 2048", "1024, 2097152", "2048, 2048", "2048, 4096",
        "2048, 262144", "2048, 2097152", "4096, 4096", "4096, 65536", "4096, 524288", "4096, 1048576", "4096, 2097152"})
    void readsAnySectorSizeAndClusterSizeOnAnyDevice(int sectorSize, int clusterSize) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder().clusters(clusterSize, 1003);
        volume.sectorSize = sectorSize;
        volume.mft = List.of(new Run(40, 32));
        volume.surplusBytes = sectorSize;
        volume.inUse.set(100, 200);
        volume.inUse.set(999);
        for (int deviceSectorSize : new int[] {512, 4096, 65536}) {
            assertThat(Extents.of(volume.build(deviceSectorSize))).isEqualTo(Extents.model(volume));
        }
        assertThat(new NtfsAllocator().recognise(volume.build()).orElseThrow().info())
                .isEqualTo(new FileSystemInfo("NTFS 3.1", "TEST", "0123456789ABCDEF", clusterSize, 1003));
    }

    @ParameterizedTest
    @CsvSource({"1, 512", "4, 2048", "8, 4096", "64, 32768", "128, 65536"})
    void takesUpTo128SectorsPerClusterAsTheyAre(int field, int clusterSize) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder().clusters(clusterSize, 1000);
        volume.mft = List.of(new Run(8, 32));
        volume.sectorsPerCluster = field;
        assertThat(Extents.of(volume.build())).isEqualTo(Extents.model(volume));
    }

    @ParameterizedTest
    @CsvSource({"0xF8, 131072", "0xF7, 262144", "0xF4, 2097152"})
    void takesMoreSectorsPerClusterAsANegativePowerOfTwo(String field, int clusterSize) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder().clusters(clusterSize, 1000);
        volume.sectorsPerCluster = Integer.decode(field);
        assertThat(Extents.of(volume.build())).isEqualTo(Extents.model(volume));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 127, 129, 0x81, 0xE0, 0xF0, 0xF3})
    void refusesAnyOtherNumberOfSectorsPerCluster(int field) {
        VolumeBuilder volume = new VolumeBuilder();
        volume.sectorsPerCluster = field;
        assertThatThrownBy(() -> Extents.of(volume.build())).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("at byte 13:").hasMessageContaining(String.format("0x%02X", field));
    }

    @ParameterizedTest
    @CsvSource({"1, 4096, 4096", "2, 512, 1024", "8, 512, 4096", "-9, 4096, 512", "-10, 512, 1024", "-12, 512, 4096",
        "-10, 65536, 1024", "-16, 4096, 65536"})
    void readsRecordsOfAnySize(int clustersPerRecord, int clusterSize, int recordSize) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder().clusters(clusterSize, 2000);
        volume.clustersPerRecord = clustersPerRecord;
        volume.recordSize = recordSize;
        volume.mft = List.of(new Run(1000, 7L * recordSize / clusterSize + 1));
        assertThat(Extents.of(volume.build())).isEqualTo(Extents.model(volume));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -8, -17, -31, -128, 127})
    void refusesARecordSizeThatIsNone(int clustersPerRecord) {
        VolumeBuilder volume = new VolumeBuilder();
        volume.clustersPerRecord = clustersPerRecord;
        assertThatThrownBy(() -> Extents.of(volume.build())).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("at byte 64:").hasMessageContaining("given as " + clustersPerRecord);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 71, 72, 73, 1000, 4095, 4096, 4097})
    void readsClusterCountsThatAreNoMultipleOfEight(int clusterCount) throws ImagingException {
        for (boolean lastInUse : new boolean[] {true, false}) {
            VolumeBuilder volume = new VolumeBuilder().clusters(4096, clusterCount);
            volume.inUse.set(clusterCount - 1, lastInUse);
            assertThat(Extents.of(volume.build())).isEqualTo(Extents.model(volume));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 4096, 1_000_001})
    void countsWhatFollowsTheLastClusterAsInUse(long surplus) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.surplusBytes = surplus;
        ExtentList found = Extents.of(volume.build());
        assertThat(found).isEqualTo(Extents.model(volume));
        assertThat(found.within(volume.clusterCount * volume.clusterSize, Math.max(surplus, 1)).totalLength())
                .isEqualTo(surplus);
    }

    @Test
    void countsSectorsThatMakeNoWholeClusterAsInUse() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.bytes.writeLong(40, volume.clusterCount * 8 - 3);
        assertThat(Extents.of(device)).isEqualTo(ExtentsInUse.model(volume.inUse, volume.clusterCount - 1, 4096,
                volume.deviceLength()));
    }

    @Test
    void refusesAVolumeThatIsLongerThanItsDevice() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.surplusBytes = -1;
        assertThatThrownBy(() -> Extents.of(volume.build())).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("at byte 40:").hasMessageContaining("8000 sectors of 512 bytes")
                .hasMessageContaining("the device only 4095999 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 55, 7, 0})
    void refusesASectorCountThatOverflowsOrMakesNoCluster(long sectors) {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.bytes.writeLong(40, sectors);
        assertThatThrownBy(() -> Extents.of(device)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("at byte 40:").hasMessageContaining(Long.toUnsignedString(sectors) + " sectors");
    }
}
