package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.engine.read.FooterForgery;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Backup sets that others change or replace while they are read, that lead elsewhere, or that are not the expected one. */
class ReplacedSetTest extends SetTrial {
    /** Does something once, as soon as the job has started to write its target: all of the set was looked at then. */
    private final class OnceTheTargetIsThere implements JobMonitor {
        private final Path target;
        private final Runnable step;
        private boolean done;

        OnceTheTargetIsThere(String target, Runnable step) {
            this.target = folder.resolve(target + ".partial");
            this.step = step;
        }

        @Override
        public boolean cancelled() {
            if (!done && Files.exists(target)) {
                done = true;
                step.run();
            }
            return false;
        }
    }

    private RestoreSetRequest toFile(String target, Optional<Digest> expected) {
        return new RestoreSetRequest(folder.resolve("set").toString(), folder.resolve(target).toString(), OptionalInt.empty(), false,
                false, false, true, PipelineOptions.DEFAULT, expected);
    }

    private void replaceAllFiles(Path other) {
        try (var files = Files.list(other)) {
            for (Path file : files.toList()) {
                Files.move(file, folder.resolve("set").resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows replaces no file that is open")
    void whatWasLookedAtIsRestoredAlthoughAnotherSetTakesItsPlace() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        byte[] before = Files.readAllBytes(disk);
        Path kept = Files.move(folder.resolve("set"), folder.resolve("first"));
        change(disk, 71680000 + 14000000, 1);
        backUp(disk);
        Path other = Files.move(folder.resolve("set"), folder.resolve("other"));
        Files.move(kept, folder.resolve("set"));
        OnceTheTargetIsThere swap = new OnceTheTargetIsThere("back", () -> replaceAllFiles(other));
        engine.restoreSet(toFile("back", Optional.empty()), swap);
        assertThat(swap.done).isTrue();
        assertThat(other).isEmptyDirectory();
        assertThat(Files.readAllBytes(folder.resolve("back"))).isEqualTo(before);
    }

    @Test
    void aSetThatIsBeingReadIsNotReplaced() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        List<ImagingException> refused = new ArrayList<>();
        OnceTheTargetIsThere replace = new OnceTheTargetIsThere("back", () -> {
            try {
                engine.backup(request(disk, false, true), JobMonitor.NONE);
            } catch (ImagingException e) {
                refused.add(e);
            }
        });
        engine.restoreSet(toFile("back", Optional.empty()), replace);
        assertThat(refused).singleElement().isInstanceOf(TargetException.class).satisfies(e ->
                assertThat(e.getMessage()).contains("cannot be replaced now", "another job is reading it"));
        assertThat(Files.mismatch(folder.resolve("back"), disk)).isEqualTo(-1);
        assertThat(verify().intact()).isTrue();
        engine.backup(request(disk, false, true), JobMonitor.NONE);
    }

    @Test
    void twoJobsReadASetAtOnce() throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        List<VerifySetResult> verified = new ArrayList<>();
        engine.restoreSet(toFile("back", Optional.empty()), new OnceTheTargetIsThere("back", () -> {
            try {
                verified.add(verify());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
        assertThat(verified).singleElement().satisfies(result -> assertThat(result.intact()).isTrue());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aLinkThatLeadsOutOfTheFolderIsNoFileOfTheSet() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        for (String file : List.of("part03.skzimg", "disk-pt.bin", "backup.manifest.json")) {
            Path inside = folder.resolve("set").resolve(file);
            Path outside = Files.move(inside, folder.resolve("elsewhere"));
            Files.createSymbolicLink(inside, outside);
            assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).as(file).isInstanceOf(ImageReadException.class)
                    .hasMessageContaining("leads out of its folder");
            assertThat(folder.resolve("back")).doesNotExist();
            if (!file.equals("backup.manifest.json")) {
                assertThat(verify().intact()).as(file).isFalse();
            }
            Files.move(outside, inside, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aFolderThatIsALinkAndLinksWithinItAreFine() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        Path set = Files.move(folder.resolve("set"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("set"), set);
        Files.createDirectory(set.resolve("images"));
        Files.move(set.resolve("part03.skzimg"), set.resolve("images/three"));
        Files.createSymbolicLink(set.resolve("part03.skzimg"), Path.of("images/three"));
        assertThat(verify().intact()).isTrue();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aBackupIsNotResumedThroughALink() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        Files.delete(folder.resolve("set/backup.manifest.json"));
        Path victim = Files.writeString(folder.resolve("victim"), "not of this set");
        Files.delete(folder.resolve("set/part03.skzimg"));
        Files.createSymbolicLink(folder.resolve("set/part03.skzimg"), victim);
        assertThatThrownBy(() -> engine.backup(request(disk, true, true), JobMonitor.NONE)).isInstanceOf(TargetException.class)
                .hasMessageContaining("holds a link \"part03.skzimg\"");
        engine.backup(request(disk, false, true), JobMonitor.NONE);
        assertThat(victim).hasContent("not of this set");
        assertThat(folder.resolve("set/part03.skzimg")).isRegularFile();
        assertThat(Files.isSymbolicLink(folder.resolve("set/part03.skzimg"))).isFalse();
    }

    @Test
    void theSetDigestIsThatOfTheManifestAndSaysWhichSetIsTaken() throws Exception {
        BackupResult made = backUp(Fixtures.unpack("disk-gpt", folder));
        Digest digest = Digest.of(MessageDigest.getInstance("SHA-256").digest(
                Files.readAllBytes(folder.resolve("set/backup.manifest.json"))));
        assertThat(made.setDigest()).contains(digest);
        assertThat(verify().setDigest()).contains(digest);
        RestoreSetResult restored = engine.restoreSet(toFile("back", Optional.of(digest)), JobMonitor.NONE);
        assertThat(restored.setDigest()).contains(digest);
        assertThat(restored.unproven()).isEmpty();
        Optional<Digest> other = Optional.of(Digest.ofHex("ab".repeat(32)));
        assertThatThrownBy(() -> engine.restoreSet(toFile("no", other), JobMonitor.NONE)).isInstanceOf(ImageDamagedException.class)
                .hasMessageContaining(digest.toHex());
        assertThat(folder.resolve("no")).doesNotExist();
        assertThatThrownBy(() -> engine.verifySet(new VerifySetRequest(folder.resolve("set").toString(), false,
                PipelineOptions.DEFAULT, other), JobMonitor.NONE)).isInstanceOf(ImageDamagedException.class);
    }

    @Test
    void anImageThatStatesAnotherContentThanItHasIsFoundBeforeTheTargetIsTouched() throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        Path image = folder.resolve("set/part03.skzimg");
        FooterForgery.contentDigest(image, new byte[32]);
        // the manifest is the forger's too, and has no digest of the file or its content
        Path manifest = folder.resolve("set/backup.manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceAll("\"(ManifestSha256|ImageSha256|ImageDigest|ContentDigest)\""
                + " : \"[0-9a-f]{64}\"", "\"$1\" : null"));
        assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).isInstanceOf(ImageDamagedException.class)
                .hasMessageContaining("content digest");
        assertThat(folder.resolve("back")).doesNotExist();
        assertThat(verify().intact()).isFalse();
    }
}
