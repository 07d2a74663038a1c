package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

/** Backups that were interrupted, and what is resumed. */
class InterruptedSetTest extends SetTrial {
    @Test
    void aSetThatWasInterruptedHasNoManifestAndIsGoneOnWith() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        AtomicBoolean stop = new AtomicBoolean();
        JobMonitor monitor = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return stop.get() || Files.exists(folder.resolve("set/part02.skzimg"));
            }
        };
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), monitor)).isInstanceOf(CancelledException.class);
        assertThat(folder.resolve("set/backup.manifest.json")).doesNotExist();
        assertThatThrownBy(this::verify).isInstanceOf(ImageReadException.class).hasMessageContaining("no complete backup set");
        assertThatThrownBy(() -> backUp(disk)).isInstanceOf(TargetException.class).hasMessageContaining("not completed");

        BackupResult result = engine.backup(request(disk, true, false), JobMonitor.NONE);
        assertThat(result.parts()).extracting(BackupResult.Part::kept).containsExactly(true, true, false, false);
        assertThat(verify().intact()).isTrue();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
        BackupResult complete = engine.backup(request(disk, true, false), JobMonitor.NONE);
        assertThat(complete.alreadyComplete()).isTrue();
        assertThat(complete.verified().orElseThrow().intact()).isTrue();
        assertThatThrownBy(() -> backUp(disk)).isInstanceOf(TargetException.class).hasMessageContaining("complete backup set");
        change(folder.resolve("set/part02.skzimg"), Files.size(folder.resolve("set/part02.skzimg")) / 2, 1);
        assertThat(engine.backup(request(disk, true, false), JobMonitor.NONE).verified().orElseThrow().intact())
                .as("what has rotted since is not called complete").isFalse();
        assertThat(folder.resolve("set/backup.manifest.json")).as("and the set stays as it is").exists();
    }

    @Test
    void aDiskThatChangedMeanwhileIsNotGoneOnWith() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        JobMonitor monitor = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return Files.exists(folder.resolve("set/part01.skzimg"));
            }
        };
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), monitor)).isInstanceOf(CancelledException.class);
        change(disk, 1048576 + 600, 1);
        assertThatThrownBy(() -> engine.backup(request(disk, true, false), JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("partition 1");
        change(disk, 300, 1);
        assertThatThrownBy(() -> engine.backup(request(disk, true, false), JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("byte 300");
        BackupResult again = engine.backup(request(disk, false, true), JobMonitor.NONE);
        assertThat(again.parts()).extracting(BackupResult.Part::kept).containsOnly(false);
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    void anImageThatRottedSinceAnEarlierRunFinishedItIsNotKept() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        Path first = folder.resolve("set/part01.skzimg");
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), new JobMonitor() {
            @Override
            public boolean cancelled() {
                return Files.exists(first);
            }
        })).isInstanceOf(CancelledException.class);
        byte[] sound = Files.readAllBytes(first);
        byte[] rotten = sound.clone();
        rotten[rotten.length / 2] ^= 1;
        Files.write(first, rotten);
        assertThatThrownBy(() -> engine.backup(request(disk, true, false), JobMonitor.NONE))
                .isInstanceOf(ImageDamagedException.class).hasMessageContaining("part01.skzimg");
        Files.delete(first);
        assertThat(engine.backup(request(disk, true, false), JobMonitor.NONE).parts()).extracting(BackupResult.Part::kept)
                .containsOnly(false);
        assertThat(verify().intact()).isTrue();
    }

    @Test
    void whatARunWithOtherOptionsLeftIsTakenAway() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), new JobMonitor() {
            @Override
            public boolean cancelled() {
                return Files.exists(folder.resolve("set/part02.skzimg"));
            }
        })).isInstanceOf(CancelledException.class);
        BackupRequest of = request(disk, true, false);
        BackupResult result = engine.backup(new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), of.source(),
                of.readErrors(), of.layout(), of.pipeline(), of.linearHashes(), new BackupRequest.Artefacts(true, false, 1 << 30)),
                JobMonitor.NONE);
        Set<String> named = new TreeSet<>(Set.of("backup.manifest.json"));
        result.manifest().pieces().forEach(piece -> named.add(piece.file()));
        result.manifest().partitions().forEach(partition -> named.add(partition.artefact().orElseThrow().file()));
        try (Stream<Path> files = Files.list(folder.resolve("set"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }
}
