package org.imagingutility.allocator.exfat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A volume that mkfs.exfat and the FUSE driver made, against what dump.exfat, blkls and partclone say of it. */
class FixturesTest {
    @TempDir
    private Path folder;

    @Test
    void findsWhatIsInUseAndWhatVolumeItIs() throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle("exfat");
        byte[] image = Files.readAllBytes(Fixtures.unpack("exfat", folder));
        for (int deviceSectorSize : new int[] {512, 4096}) {
            CountingDevice device = device(image, deviceSectorSize);
            Allocation allocation = new ExfatAllocator().recognise(device).orElseThrow();

            String serial = oracle.get("serial").asText();
            assertThat(allocation.info()).isEqualTo(new FileSystemInfo("exFAT", oracle.get("label").asText(),
                    serial.substring(0, 4) + "-" + serial.substring(4),
                    oracle.get("sectorsPerCluster").asLong() * oracle.get("blockSize").asLong(),
                    oracle.get("clusterCount").asLong()));
            assertThat(allocation.warnings()).isEmpty();
            assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(expected(oracle, image.length));
        }
    }

    @Test
    void findsTheSameByTheBackupOfTheBootRegion() throws IOException, ImagingException {
        byte[] image = Files.readAllBytes(Fixtures.unpack("exfat", folder));
        image[108] = 77;
        CountingDevice device = device(image, 512);
        Allocation allocation = new ExfatAllocator().recognise(device).orElseThrow();
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(expected(Fixtures.oracle("exfat"), image.length));
        assertThat(allocation.warnings()).singleElement().asString().contains("its backup is used", "power of 77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fat12", "fat16", "fat32", "ntfs-c4096"})
    void doesNotRecogniseOtherFileSystems(String name) throws IOException, ImagingException {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        assertThat(new ExfatAllocator().recognise(device(image, 512))).isEmpty();
    }

    private static CountingDevice device(byte[] image, int sectorSize) {
        return new CountingDevice(image.length, sectorSize, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
    }

    /** The oracle counts sectors; what follows the last cluster is in use to us. */
    private static ExtentList expected(JsonNode oracle, long deviceLength) {
        ExtentList.Builder expected = new ExtentList.Builder();
        long sector = oracle.get("blockSize").asLong();
        for (JsonNode run : oracle.get("allocated")) {
            expected.add(run.get(0).asLong() * sector, run.get(1).asLong() * sector);
        }
        long clustered = (oracle.get("clusterHeapOffset").asLong()
                + oracle.get("clusterCount").asLong() * oracle.get("sectorsPerCluster").asLong()) * sector;
        return deviceLength > clustered ? expected.add(clustered, deviceLength - clustered).build() : expected.build();
    }
}
