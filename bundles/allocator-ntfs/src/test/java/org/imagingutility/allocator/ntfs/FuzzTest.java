package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.VolumeBuilder.ListForm;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes bytes of boot sectors, records and attribute lists at random. Whatever comes of it: extents in order within
 * the device, or a refusal that names a byte; never another error, and never more read than a bound. Runs for
 * {@code fuzz.seconds} (system property, 2 by default) on each volume, from the seed {@code fuzz.seed} (or a new one).
 */
class FuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 2);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    /** Attribute lists are bounded, and so is what they make read: 8192 entries with a record of 64 KiB each. */
    private static final long READ_LIMIT = 600L << 20;

    @TempDir
    private Path folder;

    /**
     * Bytes that are changed.
     *
     * @param start first byte in the image
     * @param length number of bytes
     * @param protectedBlocks whether the last two bytes of each 512 are part of an update sequence
     */
    private record Target(int start, int length, boolean protectedBlocks) {
    }

    @Test
    void changedFixtureIsReadOrRefused() throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("ntfs-c1024", folder));
        fuzz(image, List.of(new Target(0, 90, false), record(16384, 0, 1024), record(16384, 3, 1024),
                record(16384, 6, 1024)));
    }

    @Test
    void changedFixtureWithSectorsOf4096BytesIsReadOrRefused() throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("ntfs-s4096", folder));
        fuzz(image, List.of(new Target(0, 90, false), record(16384, 0, 4096), record(16384, 6, 4096)));
    }

    @Test
    void changedVolumeWithAttributeListsIsReadOrRefused() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder().clusters(1024, 9000);
        volume.mft = List.of(new Run(100, 20), new Run(60, 5), new Run(40, 12));
        volume.bitmap = List.of(new Run(30, 1), new Run(20, 1));
        volume.mftList = ListForm.NON_RESIDENT;
        volume.bitmapList = ListForm.RESIDENT;
        volume.listClusters = List.of(new Run(4000, 1));
        volume.build();
        int mft = 100 * 1024;
        fuzz(volume.bytes.read(0, (int) volume.deviceLength()), List.of(new Target(0, 90, false),
                record(mft, 0, 1024), record(mft, 6, 1024), record(mft, 12, 1024), record(mft, 13, 1024),
                record(mft, 14, 1024), record(mft, 15, 1024), new Target(4000 * 1024, 192, false)));
    }

    /** Returns the part of a record that is usually in use. */
    private static Target record(int mft, int number, int recordSize) {
        return new Target(mft + number * recordSize, 600, true);
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
                System.arraycopy(image, target.start(), changed, target.start(), target.length());
            }
        }
        assertThat(read).as("volumes read, seed %d", SEED).isPositive();
        assertThat(refused).as("volumes refused, seed %d", SEED).isPositive();
    }

    /** Changes one number, but (mostly) not the update sequence: a torn record is refused and tests nothing else. */
    private static void change(byte[] image, Target target, Random random) {
        int at = random.nextInt(target.length());
        if (target.protectedBlocks() && at % 512 >= 510 - 8 && random.nextInt(10) > 0) {
            return;
        }
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
            image[target.start() + at + i] = (byte) (value >> 8 * i);
        }
    }

    /** Returns whether the volume was read, false if it was refused. */
    private static boolean outcome(byte[] image, String what) throws ImagingException {
        TestDevice device = new TestDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        try {
            Optional<Allocation> found = new NtfsAllocator().recognise(device);
            return found.isEmpty() || Extents.of(found.get(), device).count() > 0;
        } catch (FileSystemException refusal) {
            assertThat(refusal.offset()).as(what).isBetween(0L, device.length());
            return false;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        } finally {
            assertThat(device.bytesRead()).as("bytes read, %s", what).isLessThan(READ_LIMIT);
        }
    }
}
