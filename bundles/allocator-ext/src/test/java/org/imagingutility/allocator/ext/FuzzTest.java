package org.imagingutility.allocator.ext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.VolumeFuzz;
import org.imagingutility.tck.VolumeFuzz.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes bytes of superblocks, descriptors, bitmaps, the journal and its inode at random. */
class FuzzTest {
    private static final long READ_LIMIT = 64L << 20;

    @TempDir
    private Path folder;

    @Test
    void changedFixtureIsReadOrRefused() throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("ext4-1k", folder));
        new VolumeFuzz(new ExtAllocator(), READ_LIMIT).run(image, List.of(
                new Target(0, 512), new Target(1024, 0x280), new Target(2048, 256)));
    }

    @Test
    void changedVolumeWithoutChecksumsIsReadOrRefused() throws ImagingException {
        VolumeBuilder volume = ExtAllocatorContractTest.featured();
        volume.roCompat &= ~0x400;
        volume.uninitialised.clear();
        fuzz(volume, 6 * 64);
    }

    @Test
    void changedVolumeThatWaitsForItsJournalIsReadOrRefused() throws ImagingException {
        fuzz(ExtAllocatorContractTest.waiting(), 6 * 32);
    }

    private static void fuzz(VolumeBuilder volume, int descriptorBytes) throws ImagingException {
        volume.build(512);
        byte[] image = volume.bytes.read(0, (int) volume.deviceLength());
        new VolumeFuzz(new ExtAllocator(), READ_LIMIT).run(image, List.of(
                new Target(1024, 0x280), new Target(2048, descriptorBytes), new Target(volume.journalInodeOffset(), 128),
                new Target(volume.journal.get(0) * 1024L, 0x60), new Target(volume.journal.get(1) * 1024L, 64),
                new Target(volume.descriptors.get(1)[0] * 1024L, 64)));
    }
}
