package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that mkfs.fat and mtools made, against what fsck.fat and blkls say of them. */
class FixturesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fat12", "fat16", "fat32"})
    void findsWhatIsInUseAndWhatVolumeItIs(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        for (int deviceSectorSize : new int[] {512, 4096}) {
            CountingDevice device = new CountingDevice(image.length, deviceSectorSize, (offset, target) ->
                    target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
            Allocation allocation = new FatAllocator().recognise(device).orElseThrow();

            String serial = oracle.get("serial").asText();
            assertThat(allocation.info()).isEqualTo(new FileSystemInfo(name.toUpperCase(),
                    oracle.get("label").asText(), serial.substring(0, 4) + "-" + serial.substring(4),
                    oracle.get("sectorsPerCluster").asLong() * oracle.get("blockSize").asLong(),
                    oracle.get("clusterCount").asLong()));
            assertThat(allocation.warnings()).isEmpty();
            assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(expected(oracle, image.length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exfat", "ntfs-c4096", "ntfs-s4096"})
    void doesNotRecogniseOtherFileSystems(String name) throws IOException, ImagingException {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        CountingDevice device = new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        assertThat(new FatAllocator().recognise(device)).isEmpty();
    }

    /** The oracle counts sectors; what follows the last cluster is in use to us. */
    private static ExtentList expected(JsonNode oracle, long deviceLength) {
        ExtentList.Builder expected = new ExtentList.Builder();
        long sector = oracle.get("blockSize").asLong();
        for (JsonNode run : oracle.get("allocated")) {
            expected.add(run.get(0).asLong() * sector, run.get(1).asLong() * sector);
        }
        long clustered = (oracle.get("dataStartSector").asLong()
                + oracle.get("clusterCount").asLong() * oracle.get("sectorsPerCluster").asLong()) * sector;
        return deviceLength > clustered ? expected.add(clustered, deviceLength - clustered).build() : expected.build();
    }
}
