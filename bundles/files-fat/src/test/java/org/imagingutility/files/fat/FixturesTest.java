package org.imagingutility.files.fat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.files.TreeContents;
import org.imagingutility.tck.files.TreeFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that mkfs.fat made, against what was put into them. */
class FixturesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fat12", "fat16", "fat32"})
    void hasTheFilesThatWerePutThere(String name) throws IOException, ImagingException {
        byte[] bytes = Files.readAllBytes(Fixtures.unpack(name, folder));
        SortedMap<String, String> expected = new TreeMap<>();
        for (JsonNode file : Fixtures.oracle(name).get("files")) {
            expected.put(file.get("path").asText(), file.get("size").asLong() + " " + file.get("sha256").asText());
        }
        assertThat(expected).isNotEmpty();
        try (VolumeDevice volume = VolumeDevice.of(new MemoryDevice(bytes));
                FileTree tree = new FatFileSystemReader().open(volume, ReadingOptions.standard()).orElseThrow()) {
            assertThat(tree.info().label()).isEqualTo(Fixtures.oracle(name).get("label").asText());
            assertThat(TreeContents.of(tree)).isEqualTo(expected);
        }
    }

    @Test
    void survivesNumbersThatMeanNothing() throws IOException, ImagingException {
        byte[] bytes = Files.readAllBytes(Fixtures.unpack("fat32", folder));
        TreeFuzz fuzz = new TreeFuzz(new FatFileSystemReader(), 256L << 20);
        // the boot sector, the begin of the first FAT, and the root with the clusters behind it
        fuzz.run(bytes, 0, 90, 100);
        fuzz.run(bytes, 32 * 512, 4096, 150);
        fuzz.run(bytes, 1166 * 512, 512, 150);
    }
}
