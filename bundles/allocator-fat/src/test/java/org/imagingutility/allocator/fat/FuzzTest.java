package org.imagingutility.allocator.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fs.fat.BootSector;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;
import org.imagingutility.tck.allocator.VolumeFuzz.Target;
import org.imagingutility.tck.allocator.VolumeFuzz;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes bytes of boot sectors and FATs at random. */
class FuzzTest {
    /** The FATs once, and a root directory of 65536 entries. */
    private static final long READ_LIMIT = 16L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fat12", "fat16", "fat32"})
    void changedFixtureThatIsDirtyIsReadOrRefused(String name) throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        image[name.equals("fat32") ? 65 : 37] |= 1;
        int reserved = Fixtures.oracle(name).get("reservedSectors").asInt() * 512;
        Layout layout = Layout.of(BootSector.parse(ByteBuffer.wrap(image, 0, 512).slice().order(ByteOrder.LITTLE_ENDIAN))
                .orElseThrow(), image.length, new Place(name, 0));
        long root = layout.rootCluster() == 0 ? layout.rootOffset() : layout.offsetOf(layout.rootCluster());
        new VolumeFuzz(new FatAllocator(), 2 * READ_LIMIT).run(image, List.of(new Target(11, 37), new Target(reserved, 512),
                new Target(root, 512)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fat12", "fat16", "fat32"})
    void changedFixtureIsReadOrRefused(String name) throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        int reserved = Fixtures.oracle(name).get("reservedSectors").asInt() * 512;
        new VolumeFuzz(new FatAllocator(), READ_LIMIT).run(image, List.of(
                new Target(0, 90), new Target(11, 37), new Target(11, 37), new Target(reserved, 512)));
    }
}
