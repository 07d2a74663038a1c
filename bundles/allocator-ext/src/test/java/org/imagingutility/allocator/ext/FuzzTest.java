package org.imagingutility.allocator.ext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.allocator.VolumeFuzz;
import org.imagingutility.tck.allocator.VolumeFuzz.Target;
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

    @Test
    void changedVolumeThatIsDirtyIsReadOrRefused() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.state = 0;
        volume.build(512);
        long table = volume.descriptors.get(0)[2] * 1024L;
        for (int i = 10; i < 14; i++) {
            long inode = table + i * 128;
            boolean extents = i % 2 == 0;
            volume.bytes.writeShort(inode, i == 13 ? 0xA1FF : 0x81A4);
            volume.bytes.writeShort(inode + 0x1A, 1);
            volume.bytes.writeInt(inode + 0x20, extents ? 0x8_0000 : 0);
            volume.bytes.writeInt(inode + 0x68, 900 + i);
            if (extents) {
                volume.bytes.writeInt(inode + 0x28, 0x1_F30A);
                volume.bytes.writeShort(inode + 0x28 + 6, 1);
                volume.bytes.writeInt(inode + 0x28 + 16, 700);
            } else {
                volume.bytes.writeInt(inode + 0x28, 800 + i);
                volume.bytes.writeInt(inode + 0x28 + 14 * 4, 710);
            }
        }
        volume.bytes.writeInt(700 * 1024, 0x1_F30A);
        volume.bytes.writeShort(700 * 1024 + 16, 5);
        volume.bytes.writeInt(700 * 1024 + 20, 850);
        for (int block = 710; block < 713; block++) {
            volume.bytes.writeInt(block * 1024, block + 1);
            volume.bytes.writeInt(block * 1024 + 8, block + 1);
        }
        byte[] image = volume.bytes.read(0, (int) volume.deviceLength());
        new VolumeFuzz(new ExtAllocator(), READ_LIMIT).run(image, List.of(new Target(1024, 0x280), new Target(2048, 6 * 32),
                new Target(table + 10 * 128, 512), new Target(700 * 1024, 32), new Target(710 * 1024, 16),
                new Target(712 * 1024, 16)));
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
