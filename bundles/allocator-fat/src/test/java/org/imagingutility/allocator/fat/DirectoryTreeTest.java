package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On volumes that are not in order each file must be whole in a FAT, else nobody knows which free clusters are its own. */
class DirectoryTreeTest {
    @TempDir
    private Path folder;
    private VolumeBuilder volume;
    private CountingDevice device;

    @ParameterizedTest
    @CsvSource({"fat12, 37", "fat16, 37", "fat32, 65"})
    void wholeVolumeThatIsDirtyIsReadAsACleanOne(String name, int stateAt) throws IOException, ImagingException {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        device = new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        ExtentList expected = ExtentsInUse.of(allocation(), device);
        image[stateAt] |= 1;
        assertThat(allocation().state().conditions()).isEqualTo("dirty");
        assertThat(ExtentsInUse.of(allocation(), device)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 32})
    void filesAreWholeInOneOfTheFats(int bits) throws ImagingException {
        dirty(bits);
        directory(0, 100);
        file(100, 0, "A", 0x20, 200, 3);
        file(100, 1, "B", 0x20, 300, 1);
        chain(1, 200, 201, 202);
        chain(0, 300);
        assertThat(ExtentsInUse.of(allocation(), device).totalLength()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 32})
    void aChainThatBreaksOffIsRefused(int bits) throws ImagingException {
        dirty(bits);
        directory(0, 100);
        file(100, 0, "A", 0x20, 200, 3);
        chain(0, 200, 201, 202);
        volume.setEntry(0, 201, 0);
        refused("the file that begins in cluster 200 has a chain of clusters that breaks off");
    }

    @Test
    void aChainThatEndsTooSoonIsRefused() throws ImagingException {
        dirty(16);
        file(0, 0, "A", 0x20, 200, 3);
        chain(0, 200, 201);
        chain(1, 200);
        refused("the file that begins in cluster 200");
    }

    @Test
    void aFileThatBeginsInAFreeClusterIsRefused() throws ImagingException {
        dirty(32);
        file(0, 0, "A", 0x20, 200, 1);
        refused("the file that begins in cluster 200");
    }

    @Test
    void aFileWithoutAClusterThatHasBytesIsRefused() throws ImagingException {
        dirty(32);
        file(0, 0, "A", 0x20, 0, 1);
        refused("a file begins in cluster 0");
    }

    @Test
    void deletedFilesLongNamesLabelsAndEmptyFilesDoNotCount() throws ImagingException {
        dirty(32);
        file(0, 0, "\u00E5A", 0x20, 200, 1);
        file(0, 1, "A", 0x0F, 200, 1);
        file(0, 2, "A", 0x08, 200, 1);
        file(0, 3, "A", 0x20, 0, 0);
        assertThat(ExtentsInUse.of(allocation(), device)).isEqualTo(volume.expected());
    }

    @Test
    void directoriesInACircleEnd() throws ImagingException {
        dirty(32);
        directory(0, 100);
        file(100, 0, "A", 0x10, 100, 0);
        assertThat(ExtentsInUse.of(allocation(), device).totalLength()).isPositive();
    }

    @Test
    void aDirectoryWhoseChainLeadsInACircleIsRefused() throws ImagingException {
        dirty(32);
        for (int fat = 0; fat < 2; fat++) {
            volume.setEntry(fat, 2, 2);
        }
        for (int index = 0; index < volume.sectorsPerCluster * volume.sectorSize / 32; index++) {
            file(0, index, "A", 0x20, 0, 0);
        }
        refused("or its chain leads in a circle");
    }

    @Test
    void volumesInOrderAreNotGoneThrough() throws ImagingException {
        volume = VolumeBuilder.fat32();
        device = volume.build();
        file(0, 0, "A", 0x20, 200, 1);
        assertThat(ExtentsInUse.of(allocation(), device)).isEqualTo(volume.expected());
    }

    private void dirty(int bits) {
        volume = bits == 12 ? VolumeBuilder.fat12() : bits == 16 ? VolumeBuilder.fat16() : VolumeBuilder.fat32();
        device = volume.build();
        volume.bytes.write(bits == 32 ? 65 : 37, (byte) 1);
    }

    private void directory(int index, int cluster) {
        file(0, index, "DIR", 0x10, cluster, 0);
        chain(0, cluster);
    }

    /** Writes an entry of the directory in {@code cluster}, 0 for the root. */
    private void file(int cluster, int index, String name, int attributes, int first, int clusters) {
        long at = index * 32L + (cluster != 0 ? volume.clusterOffset(cluster)
                : volume.rootCluster != 0 ? volume.clusterOffset(volume.rootCluster) : volume.rootOffset());
        volume.bytes.write(at, name.getBytes(StandardCharsets.ISO_8859_1));
        volume.bytes.write(at + 11, (byte) attributes);
        volume.bytes.writeShort(at + 26, first);
        volume.bytes.writeInt(at + 28, clusters * volume.sectorsPerCluster * volume.sectorSize);
    }

    private void chain(int fat, long... clusters) {
        for (int i = 0; i < clusters.length; i++) {
            volume.setEntry(fat, clusters[i], i + 1 < clusters.length ? clusters[i + 1] : volume.allOnes());
        }
    }

    private Allocation allocation() throws ImagingException {
        return new FatAllocator().recognise(device).orElseThrow();
    }

    private void refused(String reason) throws ImagingException {
        Allocation allocation = allocation();
        assertThatThrownBy(() -> ExtentsInUse.of(allocation, device)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining(reason);
    }
}
