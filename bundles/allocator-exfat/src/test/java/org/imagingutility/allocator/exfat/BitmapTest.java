package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bitmap means, wherever it is. */
class BitmapTest {

    @ParameterizedTest
    @CsvSource({"9, 0", "9, 16", "10, 2", "11, 0", "12, 0", "12, 13"})
    void everySizeOfSectorsAndClustersIsRead(int sectorShift, int clusterShift) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.sectorShift = sectorShift;
        volume.clusterShift = clusterShift;
        volume.clusterCount = 9000;
        volume.spareSectors = (1 << clusterShift) - 1;
        volume.surplusBytes = 4608;
        volume.inUse.set(100, 110);
        volume.inUse.set(9001);
        for (int deviceSectorSize : new int[] {512, 4096}) {
            assertThat(Extents.of(volume.build(deviceSectorSize))).isEqualTo(volume.expected());
        }
    }

    @Test
    void followsTheChainsOfBitmapAndRootDirectory() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.clusterShift = 0;
        volume.clusterCount = 20_000;
        volume.root = List.of(1000L, 17L, 18L, 3L);
        volume.bitmap = List.of(700L, 701L, 300L, 19_999L, 20_001L);
        volume.inUse.set(15_000, 19_000);
        CountingDevice device = volume.build();
        // the entry of the bitmap stands in the last cluster of the directory
        for (int i = 3; i < 48; i++) {
            volume.bytes.write(volume.entryOffset(i), (byte) 0x85);
        }
        volume.bytes.write(volume.entryOffset(0), (byte) 0x01);
        volume.writeSystemEntry(48, 0x81, 700, volume.bitmapLength);
        assertThat(Extents.of(device)).isEqualTo(volume.expected());
        volume.bytes.write(volume.entryOffset(30), (byte) 0);
        assertThat(refusal(device)).hasMessageContaining("no allocation bitmap of number 0");
    }

    @Test
    void aFullVolumeIsOneExtent() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.inUse.set(2, 4098);
        assertThat(Extents.of(volume.build()))
                .isEqualTo(new ExtentList.Builder().add(0, volume.deviceLength()).build());
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void theActiveFatAndBitmapCountOnly(int active) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.fatCount = 2;
        volume.flags = active;
        volume.bitmap = new ArrayList<>(List.of(100L));
        volume.inUse.set(200, 300);
        volume.inUse.set(101);
        CountingDevice device = volume.build();
        volume.writeSystemEntry(3, 0x81, 101, volume.bitmapLength);
        volume.bytes.write(volume.entryOffset(3) + 1, (byte) 1);
        volume.setEntry(1, 101, 0xFFFF_FFFFL);
        for (long cluster : new long[] {5, 100, 101}) {
            volume.setEntry(1 - active, cluster, 0);
        }
        if (active == 1) {
            volume.bytes.write(volume.clusterOffset(100), new byte[512]);
            volume.inUse.set(1000, 1010);
            volume.writeBitmap(List.of(101L));
        }
        assertThat(Extents.of(device)).isEqualTo(volume.expected());
    }

    @ParameterizedTest
    @CsvSource({"5, the root directory", "2, bitmap", "3, up-case table"})
    void refusesABitmapThatHasAClusterOfTheSystemFree(int cluster, String what) {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.inUse.clear(cluster);
        volume.writeBitmap(volume.bitmap);
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class, () -> Extents.of(device));
        assertThat(refusal).hasMessageContaining("cluster " + cluster + " free").hasMessageContaining(what);
        assertThat(refusal.offset()).isEqualTo(volume.clusterOffset(2) + (cluster - 2) / 8);
    }

    private static FileSystemException refusal(CountingDevice device) {
        return catchThrowableOfType(FileSystemException.class, () -> Extents.of(device));
    }
}
