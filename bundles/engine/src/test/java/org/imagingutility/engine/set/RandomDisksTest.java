package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables of all shapes, overlapping and odd ones among them, over random content and real file systems: whatever the table
 * says, each byte of the disk is there again after a restore, but for what a file system that was trusted calls free and what
 * is said to be left out.
 */
class RandomDisksTest extends SetTrial {
    private static final int DISKS = 8;
    private static final int SECTORS = 22 << 11;
    private static final String[] VOLUMES = {"fat12", "fat12", "fat12", "fat16"};
    private final Map<String, byte[]> volumes = new HashMap<>();
    private int trusted;
    private int whole;
    private int divided;

    @ParameterizedTest
    @EnumSource(Unpartitioned.class)
    void eachByteOfADiskIsThereAgainOrSaidToBeLeftOut(Unpartitioned unpartitioned) throws Exception {
        Random seeds = new Random(RandomSeed.get());
        for (int i = 0; i < DISKS; i++) {
            long seed = seeds.nextLong();
            Path disk = disk(new Random(seed));
            BackupManifest manifest = engine.backup(request(disk, new BackupRequest.Division(unpartitioned, OptionalInt.empty())),
                    JobMonitor.NONE).manifest();
            assertThat(verify().intact()).as("seed %d", seed).isTrue();
            Path back = restore("back", OptionalInt.empty(), false);
            compare(Files.readAllBytes(disk), Files.readAllBytes(back), manifest, seed);
            Files.delete(back);
        }
        assertThat(whole).as("disks taken as a whole").isPositive();
        assertThat(divided).as("disks taken by partitions").isPositive();
        assertThat(trusted).as("partitions of which the blocks in use are taken").isPositive();
    }

    private Path disk(Random random) throws Exception {
        long length = SECTORS * 512L + (random.nextInt(3) == 0 ? random.nextInt(512) : 0);
        Path path = folder.resolve("disk");
        Files.deleteIfExists(path);
        try (RawDisk disk = new RawDisk(path, length, 512).fill(0, length, random)) {
            disk.write(440, new byte[70]);
            boolean neat = random.nextBoolean();
            long[] starts = new long[4];
            for (int i = 0; i < starts.length; i++) {
                // neat ones lie one behind the other, the others anywhere
                starts[i] = neat ? 2048 + i * 10_000L + random.nextInt(2000) : random.nextInt(SECTORS);
            }
            if (random.nextInt(3) == 0) {
                gpt(disk, starts, neat, random);
            } else {
                mbr(disk, starts, neat, random);
            }
            return path;
        }
    }

    private void gpt(RawDisk disk, long[] starts, boolean neat, Random random) throws Exception {
        long[] partitions = new long[2 * (1 + random.nextInt(starts.length))];
        for (int i = 0; i < partitions.length / 2; i++) {
            partitions[2 * i] = starts[i];
            partitions[2 * i + 1] = starts[i] + (neat ? 1 + random.nextInt(7900) : random.nextInt(30_000));
        }
        disk.gpt(partitions);
        volume(disk, starts[0], partitions[1] - partitions[0] + 1, random);
    }

    private void mbr(RawDisk disk, long[] starts, boolean neat, Random random) throws Exception {
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            long count = neat ? 1 + random.nextInt(7900) : 1 + random.nextInt(30_000);
            disk.entry(0, i, random.nextInt(4) == 0 ? 0 : 0x83, starts[i], count);
            volume(disk, starts[i], count, random);
        }
        if (random.nextBoolean()) {
            chain(disk, starts[3], neat, random);
        }
    }

    /** Writes logical partitions, whose records lie where they are put, in partitions as well. */
    private void chain(RawDisk disk, long start, boolean neat, Random random) throws IOException {
        long count = neat ? 16_000 : 1 + random.nextInt(SECTORS);
        disk.entry(0, 3, 5, start, count);
        long record = start;
        for (int i = 0; i < 3 && record < SECTORS; i++) {
            disk.write(record * 512 + 446, new byte[64]);
            disk.entry(record, 0, 0x83, 1 + random.nextInt(50), 1 + random.nextInt(neat ? 3000 : 20_000));
            long next = record - start + 4000 + (neat ? 0 : random.nextInt(8000) - 4000);
            if (i < 2 && random.nextInt(4) > 0) {
                disk.entry(record, 1, 5, next, 4000);
            }
            record = start + next;
        }
    }

    private void volume(RawDisk disk, long start, long count, Random random) throws Exception {
        String name = VOLUMES[random.nextInt(VOLUMES.length)];
        if (!volumes.containsKey(name)) {
            volumes.put(name, Files.readAllBytes(Fixtures.unpack(name, folder)));
        }
        byte[] volume = volumes.get(name);
        if (random.nextInt(3) > 0 && volume.length <= count * 512 && start * 512 + volume.length < SECTORS * 512L) {
            disk.write(start * 512, volume);
        }
    }

    private void compare(byte[] disk, byte[] back, BackupManifest manifest, long seed) {
        assertThat(back.length).isEqualTo(disk.length);
        boolean[] free = new boolean[disk.length];
        for (LeftOut left : manifest.leftOut()) {
            Arrays.fill(free, (int) left.offset(), (int) left.end(), true);
        }
        for (SetPartition partition : manifest.partitions()) {
            if (partition.artefact().isEmpty()) {
                continue;
            }
            boolean all = partition.artefact().get().usedBytes().orElseThrow() == partition.length();
            if (!all) {
                assertThat(partition.fileSystem()).as("seed %d", seed).isNotEmpty();
                trusted++;
                Arrays.fill(free, (int) partition.offset(), (int) partition.end(), true);
            }
            whole += partition.index() == 0 ? 1 : 0;
            divided += partition.index() == 0 ? 0 : 1;
        }
        int different = Arrays.mismatch(disk, back);
        for (int at = Math.max(0, different); different >= 0 && at < disk.length; at++) {
            if (disk[at] != back[at] && !(free[at] && back[at] == 0)) {
                throw new AssertionError("byte " + at + " is " + back[at] + " instead of " + disk[at] + ", seed " + seed
                        + ", partitions " + manifest.partitions());
            }
        }
    }
}
