package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.VerifySetResult.Verdict;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

/** Backup sets whose files are damaged, missing or of another time. */
class DamagedSetTest extends SetTrial {
    @Test
    void aSetThatIsFoundDamagedWhenItIsVerifiedIsNotLeftAsACompleteOne() throws Exception {
        BackupRequest of = request(Fixtures.unpack("disk-gpt", folder), false, false);
        BackupRequest verified = new BackupRequest(of.device(), of.diskNumber(), of.folder(), new ImageRequest.Output(false, false,
                true, Optional.empty(), Duration.ZERO), of.source(), of.readErrors(), of.layout(), of.pipeline(),
                of.linearHashes(), of.artefacts());
        AtomicBoolean damaged = new AtomicBoolean();
        BackupResult result = engine.backup(verified, new JobMonitor() {
            @Override
            public void progress(Progress progress) {
                if (progress.activity().equals("Verifying") && damaged.compareAndSet(false, true)) {
                    invert(folder.resolve("set/part03.skzimg"));
                }
            }
        });
        assertThat(result.verified().orElseThrow().items()).filteredOn(item -> item.verdict() == Verdict.DAMAGED)
                .singleElement().satisfies(item -> assertThat(item.file()).isEqualTo("part03.skzimg"));
        assertThat(folder.resolve("set/backup.manifest.json")).doesNotExist();
        assertThat(folder.resolve("set/part03.skzimg")).exists();
    }

    private static void invert(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            change(file, content.length / 2, ~content[content.length / 2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void damageIsFoundInEveryFileAndNothingIsRestoredOfIt() throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        for (String file : List.of("disk-pt.bin", "disk-outside.bin", "part03.skzimg")) {
            Path path = folder.resolve("set").resolve(file);
            byte[] content = Files.readAllBytes(path);
            change(path, content.length / 2, content[content.length / 2] + 1);
            assertThat(verify().items()).anySatisfy(item -> {
                assertThat(item.file()).isEqualTo(file);
                assertThat(item.verdict()).isEqualTo(Verdict.DAMAGED);
            });
            assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).as(file).isInstanceOf(ImageDamagedException.class);
            assertThat(folder.resolve("back")).doesNotExist();
            Files.write(path, content);
        }
        Files.delete(folder.resolve("set/part02.skzimg"));
        assertThat(verify().items()).anySatisfy(item -> assertThat(item.verdict()).isEqualTo(Verdict.MISSING));
    }

    @Test
    void anImageOfAnotherTimeIsNotTakenForTheOneInTheManifest() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        byte[] other = Files.readAllBytes(folder.resolve("set/part04.skzimg"));
        change(disk, 71680000 + 100, 1); // in the boot block, which is in use whatever lies behind it
        engine.backup(request(disk, false, true), JobMonitor.NONE);
        Files.write(folder.resolve("set/part04.skzimg"), other);
        assertThat(verify().intact()).isFalse();
        assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).isInstanceOf(ImageDamagedException.class);
    }
}
