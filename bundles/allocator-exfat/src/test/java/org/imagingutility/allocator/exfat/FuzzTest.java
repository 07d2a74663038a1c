package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
 * Changes bytes of boot regions, FAT, root directory and bitmap at random. Whatever comes of it: extents in order within
 * the device, or a refusal that names a byte; never another error, and never more read than a bound. Runs for
 * {@code fuzz.seconds} (system property, 2 by default) on each volume, from the seed {@code fuzz.seed} (or a new one).
 */
class FuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 2);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    /** A few boot regions, the system's chains and what they hold: less than a volume of 18 MiB and as much again. */
    private static final long READ_LIMIT = 40L << 20;

    @TempDir
    private Path folder;

    /**
     * Bytes that are changed.
     *
     * @param start first byte in the image
     * @param length number of bytes
     */
    private record Target(int start, int length) {
    }

    @Test
    void changedFixtureIsReadOrRefused() throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("exfat", folder));
        JsonNode oracle = Fixtures.oracle("exfat");
        int fat = oracle.get("fatOffset").asInt() * 512;
        int heap = oracle.get("clusterHeapOffset").asInt() * 512;
        int root = heap + (oracle.get("rootCluster").asInt() - 2) * oracle.get("sectorsPerCluster").asInt() * 512;
        fuzz(image, List.of(new Target(64, 56), new Target(12 * 512, 120), new Target(fat, 64), new Target(root, 160),
                new Target(heap, 64)));
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
            if (random.nextInt(4) > 0) {
                writeChecksums(changed);
            }
            if (outcome(changed, "change " + seed + " of seed " + SEED)) {
                read++;
            } else {
                refused++;
            }
            for (Target target : targets) {
                System.arraycopy(image, target.start(), changed, target.start(), target.length());
            }
            System.arraycopy(image, 0, changed, 0, 24 * 512);
        }
        assertThat(read).as("volumes read, seed %d", SEED).isPositive();
        assertThat(refused).as("volumes refused, seed %d", SEED).isPositive();
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

    /** Changes one number. */
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
            image[target.start() + at + i] = (byte) (value >> 8 * i);
        }
    }

    /** Returns whether the volume was read, false if it was refused. */
    private static boolean outcome(byte[] image, String what) throws ImagingException {
        CountingDevice device = new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        try {
            Optional<Allocation> found = new ExfatAllocator().recognise(device);
            return found.isEmpty() || ExtentsInUse.of(found.get(), device).count() > 0;
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
