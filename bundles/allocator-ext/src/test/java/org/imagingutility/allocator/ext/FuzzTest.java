package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.CountingDevice;
import org.imagingutility.tck.ExtentsInUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes bytes of superblocks, descriptors, bitmaps, the journal and its inode at random. Whatever comes of it: extents in
 * order within the device, or a refusal that names a byte; never another error, and never more read than a bound. Runs for
 * {@code fuzz.seconds} (system property, 2 by default) on each volume, from the seed {@code fuzz.seed} (or a new one).
 */
class FuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 2);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final long READ_LIMIT = 64L << 20;

    @TempDir
    private Path folder;

    /** Bytes that are changed: {@code length} of them from byte {@code start} of the image on. */
    private record Target(long start, int length) {
    }

    @Test
    void changedFixtureIsReadOrRefused() throws Exception {
        fuzz(Files.readAllBytes(Fixtures.unpack("ext4-1k", folder)), List.of(new Target(0, 512),
                new Target(1024, 0x280), new Target(2048, 256)));
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
        fuzz(volume.bytes.read(0, (int) volume.deviceLength()), List.of(new Target(1024, 0x280),
                new Target(2048, descriptorBytes), new Target(volume.journalInodeOffset(), 128),
                new Target(volume.journal.get(0) * 1024L, 0x60), new Target(volume.journal.get(1) * 1024L, 64),
                new Target(volume.descriptors.get(1)[0] * 1024L, 64)));
    }

    private static void fuzz(byte[] image, List<Target> targets) throws ImagingException {
        Random seeds = new Random(SEED);
        byte[] changed = image.clone();
        long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
        int read = 0;
        int refused = 0;
        assertThat(outcome(image, "unchanged")).isTrue();
        while (System.nanoTime() < deadline) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                change(changed, targets.get(random.nextInt(targets.size())), random);
            }
            if (outcome(changed, "change " + seed + " of seed " + SEED)) {
                read++;
            } else {
                refused++;
            }
            for (Target target : targets) {
                System.arraycopy(image, (int) target.start(), changed, (int) target.start(), target.length());
            }
        }
        assertThat(read).as("volumes read, seed %d", SEED).isPositive();
        assertThat(refused).as("volumes refused, seed %d", SEED).isPositive();
    }

    private static void change(byte[] image, Target target, Random random) {
        int at = random.nextInt(target.length());
        long value = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> Long.MAX_VALUE >> random.nextInt(64);
            case 4 -> random.nextInt(64);
            default -> random.nextLong();
        };
        int width = Math.min(1 << random.nextInt(4), target.length() - at);
        for (int i = 0; i < width; i++) {
            image[(int) target.start() + at + i] = (byte) (value >> 8 * i);
        }
    }

    /** Returns whether the volume was read, false if it was refused. */
    private static boolean outcome(byte[] image, String what) throws ImagingException {
        CountingDevice device = new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        try {
            Optional<Allocation> found = new ExtAllocator().recognise(device);
            return found.isEmpty() || ExtentsInUse.of(found.get(), device).count() > 0;
        } catch (FileSystemException refusal) {
            assertThat(refusal.offset()).as(what).isBetween(0L, device.length());
            return false;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        } finally {
            assertThat(device.bytesRead()).as(what).isLessThan(READ_LIMIT);
        }
    }
}
