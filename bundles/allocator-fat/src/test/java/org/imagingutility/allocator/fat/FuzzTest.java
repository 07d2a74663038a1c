package org.imagingutility.allocator.fat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.VolumeFuzz;
import org.imagingutility.tck.VolumeFuzz.Target;
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
    void changedFixtureIsReadOrRefused(String name) throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        int reserved = Fixtures.oracle(name).get("reservedSectors").asInt() * 512;
        new VolumeFuzz(new FatAllocator(), READ_LIMIT).run(image, List.of(
                new Target(0, 90), new Target(11, 37), new Target(11, 37), new Target(reserved, 512)));
    }
}
