package org.imagingutility.allocator.exfat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.allocator.VolumeFuzz;
import org.imagingutility.tck.allocator.VolumeFuzz.Target;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes bytes of boot regions, FAT, root directory and bitmap at random. */
class FuzzTest {
    /** A few boot regions, the system's chains and what they hold: less than a volume of 18 MiB and as much again. */
    private static final long READ_LIMIT = 40L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void changedFixtureIsReadOrRefusedInOrderOrDirty(int flags) throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("exfat", folder));
        image[106] |= (byte) flags;
        JsonNode oracle = Fixtures.oracle("exfat");
        int fat = oracle.get("fatOffset").asInt() * 512;
        int heap = oracle.get("clusterHeapOffset").asInt() * 512;
        int root = heap + (oracle.get("rootCluster").asInt() - 2) * oracle.get("sectorsPerCluster").asInt() * 512;
        new VolumeFuzz(new ExfatAllocator(), READ_LIMIT).mending(24 * 512, FuzzTest::writeChecksums).run(image, List.of(
                new Target(64, 56), new Target(12 * 512, 120), new Target(fat, 64), new Target(root, 640),
                new Target(heap, 64)));
    }

    /** Makes the checksums of both boot regions right: a wrong one is refused and tests nothing else. */
    private static void writeChecksums(byte[] image) {
        for (int region = 0; region < 24 * 512; region += 12 * 512) {
            int sum = 0;
            for (int i = 0; i < 11 * 512; i++) {
                if (i != 106 && i != 107 && i != 112) {
                    sum = Integer.rotateRight(sum, 1) + (image[region + i] & 0xFF);
                }
            }
            for (int i = 0; i < 512; i++) {
                image[region + 11 * 512 + i] = (byte) (sum >> 8 * (i % 4));
            }
        }
    }
}
