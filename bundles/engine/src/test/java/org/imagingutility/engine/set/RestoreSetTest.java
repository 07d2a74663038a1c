package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backup sets that are restored to disks of other lengths, to places of partitions, and not to the end. */
class RestoreSetTest extends SetTrial {
    @ParameterizedTest
    @ValueSource(longs = {100663296 + 50_000_000 / 512 * 512, 90_000_384})
    void onADiskOfAnotherLengthTheBackupOfTheTableIsAtItsEnd(long length) throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        Path target = folder.resolve("other");
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            file.setLength(length);
            file.writeInt(1);
        }
        restore("other", OptionalInt.empty(), true);
        var table = engine.disk(target.toString()).table().orElseThrow();
        assertThat(table.warnings()).isEmpty();
        assertThat(table.copies().orElseThrow().primaryProblem()).isEmpty();
        assertThat(table.copies().orElseThrow().backupProblem()).isEmpty();
        assertThat(table.partitions()).hasSize(4);
    }

    @Test
    void aTargetWithoutRoomForThePartitionsIsLeftAsItIs() throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        Path target = Files.write(folder.resolve("small"), new byte[80 << 20]);
        change(target, 510, 0x55);
        byte[] before = Files.readAllBytes(target);
        assertThatThrownBy(() -> restore("small", OptionalInt.empty(), true)).isInstanceOf(TargetException.class)
                .hasMessageContaining("stand in the way");
        assertThat(Files.readAllBytes(target)).isEqualTo(before);
    }

    @Test
    void whatABrokenRestoreLeavesDoesNotLookLikeADisk() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        Path target = Files.copy(disk, folder.resolve("target"));
        JobMonitor monitor = new JobMonitor() {
            private int asked;

            @Override
            public boolean cancelled() {
                return asked++ > 12;
            }
        };
        assertThatThrownBy(() -> engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(),
                OptionalInt.empty(), false, true, false, PipelineOptions.DEFAULT), monitor)).isInstanceOf(CancelledException.class);
        assertThat(engine.disk(target.toString()).table()).isEmpty();
    }

    @Test
    void onePartitionIsRestoredToAFileOrToItsPlace() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        backUp(disk);
        assertThat(Files.size(restore("five", OptionalInt.of(5), false))).isEqualTo(8388608);
        Path target = Files.copy(disk, folder.resolve("target"));
        for (int at = 0; at < 100; at++) {
            change(target, 22020096 + at * 4096L, 7);
        }
        engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(), OptionalInt.of(5), true, true,
                true, PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertThat(Files.mismatch(target, disk)).isEqualTo(-1);
        assertThatThrownBy(() -> restore("x", OptionalInt.of(9), false)).isInstanceOf(ImageReadException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsFreeOnADiskIsGivenBackAndNothingElse(boolean zeroFree) throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        byte[] old = new byte[(int) Files.size(disk)];
        Arrays.fill(old, (byte) 0xa5);
        Path target = Files.write(folder.resolve("target"), old);
        List<String> notices = new ArrayList<>();
        RestoreSetResult result = engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(),
                OptionalInt.empty(), zeroFree, true, true, true, PipelineOptions.DEFAULT), new JobMonitor() {
                    @Override
                    public void notice(String line) {
                        notices.add(line);
                    }
                });
        assertThat(result.bytesGivenBack()).isLessThan(old.length);
        if (result.bytesGivenBack() == 0) {
            assertThat(notices).as("why nothing is given back").filteredOn(line -> line.contains("is not given back")).isNotEmpty();
        }
        byte[] found = Files.readAllBytes(target);
        byte[] expected = Files.readAllBytes(disk);
        for (int at = 0; at < found.length; at++) {
            // free pieces that are too small to be given back keep what stood there; all else of this disk is as it was
            if (found[at] != expected[at] && (zeroFree || found[at] != old[at] || expected[at] != 0)) {
                throw new AssertionError("byte " + at + " is " + found[at] + ", " + expected[at] + " was on the disk");
            }
        }
    }
}
