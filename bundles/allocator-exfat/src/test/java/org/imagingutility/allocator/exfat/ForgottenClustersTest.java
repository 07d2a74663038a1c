package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that are not in order, with a bitmap that lags behind: nothing that a directory refers to is left out. */
class ForgottenClustersTest {
    private static final int DIRECTORY = 60;

    private final VolumeBuilder volume = new VolumeBuilder();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 100})
    void everythingInUseIsTakenWhateverTheBitmapForgot(int percent) throws IOException, ImagingException {
        byte[] image = Files.readAllBytes(Fixtures.unpack("exfat", folder));
        ExfatAllocation sound = (ExfatAllocation) new ExfatAllocator().recognise(device(image)).orElseThrow();
        ExtentList expected = ExtentsInUse.of(sound, device(image));
        image[BootSector.FLAGS_AT] |= 2;
        Random random = new Random(percent);
        for (long bit = 0; bit < sound.boot().clusterCount(); bit++) {
            if (random.nextInt(100) < percent) {
                image[(int) sound.bitmap().deviceOffset(bit / 8)] &= (byte) ~(1 << bit % 8);
            }
        }
        Allocation dirty = new ExfatAllocator().recognise(device(image)).orElseThrow();
        assertThat(dirty.state().conditions()).isEqualTo("dirty");
        assertThat(ExtentsInUse.of(dirty, device(image))).isEqualTo(expected);
    }

    @Test
    void filesInOneRunAndInChainsCountInAllDirectories() throws ImagingException {
        volume.flags = 2;
        CountingDevice device = volume.build();
        file(volume.entryOffset(3), 0x10, 3, DIRECTORY, volume.clusterSize());
        file(volume.clusterOffset(DIRECTORY), 0x20, 3, 70, 3L * volume.clusterSize());
        file(volume.clusterOffset(DIRECTORY) + 64, 0x20, 1, 80, 2L * volume.clusterSize() - 5);
        volume.setEntry(0, 80, 90);
        volume.setEntry(0, 90, 0xFFFF_FFFFL);
        for (int cluster : new int[] {DIRECTORY, 70, 71, 72, 80, 90}) {
            volume.inUse.set(cluster);
        }
        assertThat(ExtentsInUse.of(new ExfatAllocator(), device)).isEqualTo(volume.expected());
    }

    @Test
    void deletedAndEmptyFilesDoNotCount() throws ImagingException {
        volume.flags = 2;
        CountingDevice device = volume.build();
        file(volume.entryOffset(3), 0x20, 3, 70, 3L * volume.clusterSize());
        volume.bytes.write(volume.entryOffset(3), (byte) 0x05);
        volume.bytes.write(volume.entryOffset(4), (byte) 0x40);
        file(volume.entryOffset(5), 0x20, 1, 0, 0);
        assertThat(ExtentsInUse.of(new ExfatAllocator(), device)).isEqualTo(volume.expected());
    }

    @Test
    void aChainThatBreaksOffIsRefused() throws ImagingException {
        volume.flags = 2;
        CountingDevice device = volume.build();
        file(volume.entryOffset(3), 0x20, 1, 80, 3L * volume.clusterSize());
        volume.setEntry(0, 80, 90);
        refused(device, "the chain of a file or directory continues from cluster 90 with 00000000");
        volume.setEntry(0, 90, 0xFFFF_FFFFL);
        refused(device, "has 3 clusters, its chain only 2");
    }

    @Test
    void filesBeyondTheVolumeAreRefused() throws ImagingException {
        volume.flags = 4;
        CountingDevice device = volume.build();
        file(volume.entryOffset(3), 0x20, 3, volume.clusterCount, 3L * volume.clusterSize());
        refused(device, "3 clusters from cluster");
        file(volume.entryOffset(3), 0x20, 3, 70, -1);
        refused(device, "more than the volume");
    }

    @Test
    void directoriesInACircleEnd() throws ImagingException {
        volume.flags = 2;
        CountingDevice device = volume.build();
        file(volume.entryOffset(3), 0x10, 3, DIRECTORY, volume.clusterSize());
        file(volume.clusterOffset(DIRECTORY), 0x10, 3, DIRECTORY, volume.clusterSize());
        volume.inUse.set(DIRECTORY);
        assertThat(ExtentsInUse.of(new ExfatAllocator(), device)).isEqualTo(volume.expected());
    }

    @Test
    void withTwoFatsAllBlocksAreTaken() throws ImagingException {
        volume.flags = 2;
        volume.fatCount = 2;
        CountingDevice device = volume.build();
        Allocation allocation = new ExfatAllocator().recognise(device).orElseThrow();
        assertThat(allocation.state().basis()).isEqualTo(AllocationBasis.ALL_BLOCKS);
        assertThat(ExtentsInUse.of(allocation, device).totalLength()).isEqualTo(device.length());
    }

    /** Writes the first two entries of a file; {@code flags} 1: in a chain, 3: in one run. */
    private void file(long at, int attributes, int flags, long first, long length) {
        volume.bytes.write(at, (byte) 0x85, (byte) 2);
        volume.bytes.writeShort(at + 4, attributes);
        volume.bytes.write(at + 32, (byte) 0xC0, (byte) flags);
        volume.bytes.writeInt(at + 32 + 20, (int) first);
        volume.bytes.writeLong(at + 32 + 24, length);
    }

    private static void refused(CountingDevice device, String reason) throws ImagingException {
        Allocation allocation = new ExfatAllocator().recognise(device).orElseThrow();
        assertThatThrownBy(() -> ExtentsInUse.of(allocation, device)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining(reason);
    }

    private static CountingDevice device(byte[] image) {
        return new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
    }
}
