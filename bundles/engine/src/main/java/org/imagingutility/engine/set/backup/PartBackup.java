package org.imagingutility.engine.set.backup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.image.ImageJob;
import org.imagingutility.engine.layout.SourcePart;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.set.file.BorrowedFile;
import org.imagingutility.engine.set.file.FileHash;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetNames;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.verify.VerifyJob;

/** Makes what a set keeps of one partition. */
final class PartBackup {
    private final JobPlugins plugins;
    private final BackupRequest request;
    private final SetFolder folder;
    private final SetNames names;
    private final SetProgress progress;

    PartBackup(JobPlugins plugins, BackupRequest request, SetFolder folder, SetProgress progress) {
        this.plugins = plugins;
        this.request = request;
        this.folder = folder;
        this.names = SetNames.of(request.diskNumber());
        this.progress = progress;
    }

    /**
     * What was made of a part.
     *
     * @param artefact the file
     * @param fileSystem what is on the partition
     * @param done how it was made
     */
    record Made(SetArtefact artefact, FileSystemInfo fileSystem, BackupResult.Part done) {
    }

    Made make(SourcePart part, PartEstimate estimate) throws ImagingException {
        if (request.artefacts().rawDumps() && !estimate.known() && part.index() != SourcePart.UNPARTITIONED) {
            progress.begin(0);
            long done = progress.done();
            return plugins.runResumable(() -> {
                progress.back(done);
                return new RawDump(plugins, request, folder, progress).make(part);
            });
        }
        String file = names.image(part);
        progress.begin(estimate.usedBytes());
        if (request.output().resume().isPresent() && folder.has(file) && !folder.hasUnfinished(file)) {
            requireSound(file);
            Made kept = plugins.runResumable(() -> new ImageReuse(plugins, request, folder, progress).reuse(part, file));
            progress.end(true);
            return withHash(kept);
        }
        ImageRequest image = new ImageRequest(part.reference(), folder.reference(file), output(), source(part),
                request.readErrors(), request.layout(), request.pipeline(), request.linearHashes());
        ImageResult result = new ImageJob(plugins, image, () -> part.open(plugins)).run();
        progress.end(false);
        return withHash(made(part, file, result));
    }

    /** What an earlier run finished may have rotted since: a set that ends without an error must verify. */
    private void requireSound(String file) throws ImagingException {
        String image = folder.reference(file);
        List<Damage> damages = new VerifyJob(plugins, new VerifyRequest(image, false, request.pipeline())).run().damages();
        if (!damages.isEmpty()) {
            throw new ImageDamagedException(image, damages.get(0).fileOffset(), "was finished by an earlier run and is damaged: "
                    + damages.get(0).reason(), "move it out of the set, so that --resume makes it again");
        }
    }

    /** An unfinished image of another run is replaced where this one starts the set over. */
    private ImageRequest.Output output() {
        ImageRequest.Output output = request.output();
        return new ImageRequest.Output(output.overwrite(), output.writeThrough(), false, output.resume(), output.retryTarget());
    }

    private ImageRequest.Source source(SourcePart part) {
        // the disk is frozen already, if it is to be
        ImageRequest.Source source = request.source().ofTheDeviceItself();
        return part.allBlocks() ? new ImageRequest.Source(true, source.optimizedReader(), source.maxThroughput(), 0) : source;
    }

    private Made made(SourcePart part, String file, ImageResult result) {
        SetArtefact artefact = new SetArtefact(SetArtefact.Kind.IMAGE, file, OptionalLong.of(result.image().fileLength()),
                Optional.empty(), Optional.of(result.image().digests()), result.allocator(),
                OptionalLong.of(result.image().usedBytes()), first(result.unreadable()), result.image().unreadableBytes());
        return new Made(artefact, result.fileSystem(), new BackupResult.Part(part.index(), result.alreadyComplete(),
                result.resumed(), result.bytesRead(), result.touchedFiles()));
    }

    /** Returns the ranges a manifest lists. */
    static ExtentList first(ExtentList ranges) {
        if (ranges.count() <= SetArtefact.MAX_RANGES) {
            return ranges;
        }
        return ranges.within(0, ranges.end(SetArtefact.MAX_RANGES - 1));
    }

    /** Adds the SHA-256 of the whole file, which needs reading the file (not the disk) once more. */
    private Made withHash(Made made) throws ImagingException {
        SetArtefact artefact = made.artefact;
        long length = artefact.fileLength().getAsLong();
        if (request.artefacts().skipHashes() || length > request.artefacts().hashCutoff()) {
            return made;
        }
        Digest digest = plugins.runResumable(() -> {
            try (ImageFile file = folder.open(artefact.file(), false);
                    OpenImage image = OpenImage.of(plugins, new BorrowedFile(file), false)) {
                if (!Optional.of(image.reader().info().digests()).equals(artefact.digests()) || file.length() != length) {
                    throw new ImageDamagedException(file.reference(), -1, "was replaced just now: it is not the image that was"
                            + " made", "keep other programs off the folder of the set, and begin it anew: --force");
                }
                return FileHash.of(file, 0, length, progress, false);
            }
        });
        return new Made(new SetArtefact(artefact.kind(), artefact.file(), artefact.fileLength(), Optional.of(digest),
                artefact.digests(), artefact.allocator(), artefact.usedBytes(), artefact.unreadable(),
                artefact.unreadableBytes()), made.fileSystem, made.done);
    }
}
