package org.imagingutility.engine.set;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupRequest.Division;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.engine.TestEngine;
import org.junit.jupiter.api.io.TempDir;

/** What tests of backup sets have in common: a folder, the set in it, and what is done with one. */
abstract class SetTrial {
    @TempDir
    Path folder;
    final TestEngine engine = new TestEngine();

    BackupRequest request(Path disk, boolean resume, boolean force) {
        BackupRequest of = BackupRequest.of(disk.toString(), folder.resolve("set").toString());
        ImageRequest.Output output = new ImageRequest.Output(force, false, false,
                resume ? Optional.of(ImageRequest.ResumeCheck.QUICK) : Optional.empty(), Duration.ZERO);
        return new BackupRequest(of.device(), of.diskNumber(), of.folder(), output, of.source(), of.readErrors(), of.layout(),
                of.pipeline(), of.linearHashes(), of.artefacts());
    }

    BackupRequest request(Path disk, Division division) {
        BackupRequest of = request(disk, false, true);
        return new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), of.source(), of.readErrors(), of.layout(),
                of.pipeline(), of.linearHashes(), of.artefacts(), division);
    }

    BackupResult backUp(Path disk) throws Exception {
        return engine.backup(request(disk, false, false), JobMonitor.NONE);
    }

    VerifySetResult verify() throws Exception {
        return engine.verifySet(new VerifySetRequest(folder.resolve("set").toString(), false, PipelineOptions.DEFAULT), JobMonitor.NONE);
    }

    Path restore(String name, OptionalInt partition, boolean force) throws Exception {
        Path target = folder.resolve(name);
        engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(), partition, false, force, true,
                PipelineOptions.DEFAULT), JobMonitor.NONE);
        return target;
    }

    static void change(Path file, long offset, int value) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(value);
        }
    }
}
