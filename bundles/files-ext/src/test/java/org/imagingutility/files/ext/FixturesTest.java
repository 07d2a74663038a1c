package org.imagingutility.files.ext;

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

/** Volumes that mke2fs made, against what was put into them. */
class FixturesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ext4-1k", "ext4-4k-metabg"})
    void hasTheFilesThatWerePutThere(String name) throws IOException, ImagingException {
        byte[] bytes = Files.readAllBytes(Fixtures.unpack(name, folder));
        SortedMap<String, String> expected = new TreeMap<>();
        for (JsonNode file : Fixtures.oracle(name).get("files")) {
            expected.put(file.get("path").asText(), file.get("size").asLong() + " " + file.get("sha256").asText());
        }
        // some were removed again
        for (JsonNode command : Fixtures.oracle(name).path("debugfs")) {
            expected.remove(command.asText().replaceFirst("^rm /", ""));
        }
        assertThat(expected).isNotEmpty();
        try (VolumeDevice volume = VolumeDevice.of(new MemoryDevice(bytes));
                FileTree tree = new ExtReader().open(volume, ReadingOptions.standard()).orElseThrow()) {
            assertThat(tree.info().label()).isEqualTo(Fixtures.oracle(name).get("label").asText());
            assertThat(TreeContents.of(tree)).isEqualTo(expected);
        }
    }

    @Test
    void survivesNumbersThatMeanNothing() throws IOException, ImagingException {
        byte[] bytes = Files.readAllBytes(Fixtures.unpack("ext4-1k", folder));
        TreeFuzz fuzz = new TreeFuzz(new ExtReader(), 256L << 20);
        // the superblock and descriptors, the inodes in use, and the blocks of the three directories
        fuzz.run(bytes, 1024, 2048, 100);
        fuzz.run(bytes, 144 * 1024, 29 * 256, 150);
        for (int block : new int[] {1230, 1440, 1441}) {
            fuzz.run(bytes, block * 1024, 512, 50);
        }
    }
}
