package org.imagingutility.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changes fields of tables at random, with checksums made right mostly. Whatever comes of it: no table, one whose partitions
 * do not overlap or that says so, or a refusal that names a byte of the disk; never another error, and never more reads than a bound. The
 * changes are {@value #LEAST_CHANGES} each, the same in each run, see {@link RandomSeed}, and more where the system property
 * {@code fuzz.seconds} says for how long.
 */
class FuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
    private static final int LEAST_CHANGES = 4000;
    private static final long SEED = RandomSeed.get();
    /** A chain has at most 1024 records. */
    private static final long READ_LIMIT = 1100;

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void changedGptIsReadOrRefused(int sectorSize) throws ImagingException {
        DiskBuilder disk = new DiskBuilder(200, sectorSize).protective().gpt().partition(0, 40, 60).partition(1, 61, 70)
                .partition(2, 100, 149);
        int entries = 2 * sectorSize;
        fuzz(disk, true, new int[][] {{446, 64}, {disk.primaryAt(), 92}, {entries, 384}, {disk.backupAt(), 92},
                {disk.backupAt() - 16384, 384}});
    }

    @Test
    void changedChainOfBootRecordsIsReadOrRefused() throws ImagingException {
        DiskBuilder disk = new DiskBuilder(200, 512).entry(0, 0, 0, 7, 1, 20).entry(0, 1, 0, 5, 30, 150)
                .entry(30, 0, 0, 7, 1, 9).entry(30, 1, 0, 5, 20, 50).entry(50, 0, 0, 7, 1, 9).entry(50, 1, 0, 5, 60, 50)
                .entry(90, 0, 0, 7, 1, 9);
        fuzz(disk, false, new int[][] {{446, 66}, {30 * 512 + 446, 66}, {50 * 512 + 446, 66}, {90 * 512 + 446, 66}});
    }

    private static void fuzz(DiskBuilder disk, boolean gpt, int[][] targets) throws ImagingException {
        Random seeds = new Random(SEED);
        byte[] image = disk.bytes.clone();
        long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
        int read = 0;
        int refused = 0;
        while (read + refused < LEAST_CHANGES || System.nanoTime() < deadline) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                change(disk.bytes, targets[random.nextInt(targets.length)], random);
            }
            if (gpt && random.nextInt(4) > 0) {
                disk.checksums();
            }
            if (outcome(disk.bytes, "change " + seed + " of seed " + SEED)) {
                read++;
            } else {
                refused++;
            }
            System.arraycopy(image, 0, disk.bytes, 0, image.length);
        }
        assertThat(read).as("tables read, seed %d", SEED).isPositive();
        // an MBR that can be read is never refused: what it contradicts, it tells
        assertThat(refused > 0).as("tables refused, seed %d", SEED).isEqualTo(gpt);
    }

    /** Changes one number. */
    private static void change(byte[] image, int[] target, Random random) {
        int at = random.nextInt(target[1]);
        long value = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> Long.MAX_VALUE >> random.nextInt(64);
            case 4 -> random.nextInt(200);
            default -> random.nextLong();
        };
        int width = Math.min(1 << random.nextInt(4), target[1] - at);
        for (int i = 0; i < width; i++) {
            image[target[0] + at + i] = (byte) (value >> 8 * i);
        }
    }

    /** Returns whether there was a table or none, false if it was refused. */
    private static boolean outcome(byte[] image, String what) throws ImagingException {
        MemoryDevice device = new MemoryDevice(image);
        try {
            Optional<PartitionTable> found = new MbrGptReader().read(device);
            found.ifPresent(table -> check(table, image.length, what));
            return true;
        } catch (PartitionTableException refusal) {
            assertThat(refusal.offset()).as(what).isBetween(0L, (long) image.length);
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(what + ": " + e, e);
        } finally {
            assertThat(device.readCount()).as("reads, %s", what).isLessThan(READ_LIMIT);
        }
    }

    private static void check(PartitionTable table, long length, String what) {
        assertThat(table.contradictions()).as(what).hasSizeLessThan(40);
        if (!table.contradictions().isEmpty()) {
            return;
        }
        long inside = table.partitions().stream().filter(partition -> partition.role() != PartitionRole.EXTENDED
                && partition.end() <= length).mapToLong(Partition::length).sum();
        assertThat(table.gaps().totalLength() + inside).as(what).isEqualTo(length);
        assertThat(table.warnings()).as(what).hasSizeLessThan(40);
    }
}
