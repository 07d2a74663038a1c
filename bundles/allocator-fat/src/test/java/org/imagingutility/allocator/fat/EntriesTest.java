package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What entries mean, whatever the size of an entry, and how many clusters make which kind of FAT. */
class EntriesTest {

    @ParameterizedTest
    @CsvSource({"12, 1, FAT12", "12, 4083, FAT12", "12, 4084, FAT12", "16, 4085, FAT16", "16, 4086, FAT16",
            "16, 65523, FAT16", "16, 65524, FAT16", "32, 65525, FAT32", "32, 65526, FAT32", "32, 100, FAT32"})
    void theNumberOfClustersMakesTheKind(int bits, long clusters, String kind) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder(bits, clusters);
        volume.use(clusters + 1, 1).use(Math.max(2, clusters - 1), 1);
        if (bits == 32) {
            volume.entry(2, volume.allOnes());
        }
        CountingDevice device = volume.build();
        Allocation allocation = new FatAllocator().recognise(device).orElseThrow();
        assertThat(allocation.info().fileSystem()).isEqualTo(kind);
        assertThat(allocation.info().clusterCount()).isEqualTo(clusters);
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(volume.expected());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 32})
    void aClusterMarkedAsBadIsNotRead(int bits) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder(bits, bits == 12 ? 3000 : bits == 16 ? 5000 : 70_000);
        volume.use(10, 5).entry(12, volume.allOnes() - 8);
        ExtentList found = Extents.of(volume.build());
        assertThat(found).isEqualTo(volume.expected());
        assertThat(inUse(found, volume.clusterOffset(11))).isTrue();
        assertThat(inUse(found, volume.clusterOffset(12))).isFalse();
        assertThat(inUse(found, volume.clusterOffset(13))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 32})
    void reservedAndImpossibleNumbersAreInUse(int bits) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder(bits, bits == 12 ? 3000 : bits == 16 ? 5000 : 70_000);
        volume.entry(5, 1).entry(7, volume.allOnes() - 15).entry(9, volume.allOnes()).entry(11, volume.allOnes() - 7)
                .entry(13, volume.clusterCount + 2);
        ExtentList found = Extents.of(volume.build());
        for (int cluster : new int[] {5, 7, 9, 11, 13}) {
            assertThat(inUse(found, volume.clusterOffset(cluster))).as("cluster %d", cluster).isTrue();
            assertThat(inUse(found, volume.clusterOffset(cluster + 1))).as("cluster %d", cluster + 1).isFalse();
        }
    }

    @Test
    void theUpperFourBitsOfFat32DoNotCount() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32().entry(10, 0x1000_0000L).entry(20, 0xFFFF_FFF7L)
                .entry(30, 0xF000_0001L);
        ExtentList found = Extents.of(volume.build());
        assertThat(inUse(found, volume.clusterOffset(10))).isFalse();
        assertThat(inUse(found, volume.clusterOffset(20))).isFalse();
        assertThat(inUse(found, volume.clusterOffset(30))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"512, 1", "512, 128", "1024, 2", "2048, 16", "4096, 1", "4096, 128"})
    void everySizeOfSectorsAndClustersIsRead(int sectorSize, int sectorsPerCluster) throws ImagingException {
        for (VolumeBuilder volume : List.of(VolumeBuilder.fat12(), VolumeBuilder.fat16(), VolumeBuilder.fat32())) {
            volume.sectorSize = sectorSize;
            volume.sectorsPerCluster = sectorsPerCluster;
            volume.spareSectors = sectorsPerCluster - 1;
            volume.surplusBytes = 4608;
            volume.use(3, 4).use(volume.clusterCount, 1);
            for (int deviceSectorSize : new int[] {512, 4096}) {
                assertThat(Extents.of(volume.build(deviceSectorSize))).isEqualTo(volume.expected());
            }
        }
    }

    @Test
    void aFullVolumeIsOneExtent() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16().use(2, 10_000);
        volume.surplusBytes = 100;
        assertThat(Extents.of(volume.build()))
                .isEqualTo(new ExtentList.Builder().add(0, volume.deviceLength()).build());
    }

    @Test
    void aRootDirectoryThatIsNoWholeNumberOfSectorsTakesWholeOnes() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat12().use(2, 1).use(9, 2);
        volume.rootEntries = 17;
        assertThat(Extents.of(volume.build())).isEqualTo(volume.expected());
    }

    private static boolean inUse(ExtentList extents, long offset) {
        for (int i = 0; i < extents.count(); i++) {
            if (offset >= extents.offset(i) && offset < extents.offset(i) + extents.length(i)) {
                return true;
            }
        }
        return false;
    }
}
