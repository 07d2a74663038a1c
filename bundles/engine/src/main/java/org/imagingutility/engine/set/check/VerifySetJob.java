package org.imagingutility.engine.set.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.api.job.VerifySetResult.Item;
import org.imagingutility.api.job.VerifySetResult.Verdict;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.set.file.FileHash;
import org.imagingutility.engine.set.file.OpenSet;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.verify.VerifyJob;

/** Verifies a backup set. */
public final class VerifySetJob {
    private final Plugins installed;
    private final VerifySetRequest request;
    private final JobMonitor monitor;
    private final boolean uncached;
    private final long startNanos = System.nanoTime();
    private final List<Item> items = new ArrayList<>();
    private Optional<Digest> begun = Optional.empty();
    /** Progress when the last of {@link #items} was found. */
    private long doneBefore;

    /** Creates the job; {@link #run} runs it once. */
    public VerifySetJob(Plugins installed, VerifySetRequest request, JobMonitor monitor) {
        this(installed, request, monitor, false);
    }

    public VerifySetJob(Plugins installed, VerifySetRequest request, JobMonitor monitor, boolean uncached) {
        this.installed = installed;
        this.request = request;
        this.monitor = monitor;
        this.uncached = uncached;
    }

    /**
     * Runs the job. The manifest is open, and locked, from its begin to its end. Each file is a part of its own: what was found
     * of it stays when a plug-in is replaced.
     */
    public VerifySetResult run() throws ImagingException {
        SetProgress progress = new SetProgress(monitor, "Verifying", request.folder());
        try (JobPlugins plugins = progress.plugins(installed)) {
            SetFolder folder = SetFolder.of(plugins, request.folder());
            return plugins.runResumable(() -> {
                try (OpenSet set = OpenSet.open(plugins, folder, request.expected().or(() -> begun))) {
                    if (begun.isEmpty()) {
                        progress.total(total(set.manifest()));
                    }
                    begun = Optional.of(set.digest());
                    verify(plugins, set, progress);
                    return new VerifySetResult(set.manifest(), items, notes(set.manifest()),
                            Duration.ofNanos(System.nanoTime() - startNanos), begun);
                }
            });
        }
    }

    private void verify(JobPlugins plugins, OpenSet set, SetProgress progress) throws ImagingException {
        BackupManifest manifest = set.manifest();
        List<JobPlugins.Step<Item>> parts = new ArrayList<>();
        for (SetPiece piece : manifest.pieces()) {
            if (!manifest.isInImage(piece)) {
                parts.add(() -> piece(set, piece, progress));
            }
        }
        for (Stored stored : stored(manifest)) {
            parts.add(() -> artefact(plugins, set, stored, progress));
        }
        while (items.size() < parts.size()) {
            JobPlugins.Step<Item> part = parts.get(items.size());
            long done = doneBefore;
            items.add(plugins.runResumable(() -> {
                progress.back(done);
                return part.run();
            }));
            doneBefore = progress.done();
        }
        if (items.size() == parts.size() && items.stream().allMatch(item -> item.verdict() == Verdict.INTACT
                || item.verdict() == Verdict.UNPROVEN)) {
            items.add(plugins.runResumable(() -> manifest(plugins, set)));
        }
    }

    /**
     * A file that holds a part of the disk.
     *
     * @param part index of the partition, -1 if it is none
     * @param content what it holds, for people
     * @param length bytes it holds of the disk
     * @param artefact the file
     */
    private record Stored(int part, String content, long length, SetArtefact artefact) {

        long share() {
            return artefact.usedBytes().orElse(length);
        }
    }

    private static List<Stored> stored(BackupManifest manifest) {
        List<Stored> all = new ArrayList<>();
        manifest.piecesImage().ifPresent(image -> all.add(new Stored(-1, "outside the partitions, " + manifest.pieces().stream()
                .filter(manifest::isInImage).count() + " ranges", PiecesImage.length(manifest), image)));
        for (SetPartition partition : manifest.partitions()) {
            String content = partition.index() == 0 && partition.offset() == 0 ? "the disk" : "partition " + partition.index();
            partition.artefact().ifPresent(artefact -> all.add(new Stored(partition.index(), content, partition.length(), artefact)));
        }
        return all;
    }

    /** Compares the manifest with the partition table in the set, all of whose files are sound. */
    private static Item manifest(JobPlugins plugins, OpenSet set) throws ImagingException {
        BackupManifest manifest = set.manifest();
        try (StoredPieces pieces = StoredPieces.open(plugins, set, (piece, file, length) -> { })) {
            List<String> differences = SetDifferences.of(plugins, set.folder().reference(""), manifest, pieces.list());
            return item(set.manifestName(), "the manifest", differences.isEmpty() ? Verdict.INTACT : Verdict.DAMAGED,
                    differences.isEmpty() ? manifest.pieces().isEmpty()
                            ? "holds the disk as a whole" : "agrees with the partition table in the set" : String.join("; ", differences));
        }
    }

    private static List<String> notes(BackupManifest manifest) {
        List<String> notes = new ArrayList<>();
        for (SetPartition partition : manifest.partitions()) {
            if (partition.artefact().isEmpty() && partition.role() != PartitionRole.EXTENDED) {
                notes.add("the set holds nothing of partition " + partition.index());
            }
        }
        if (manifest.pieces().isEmpty() && manifest.partitions().stream().noneMatch(partition -> partition.index() == 0)) {
            notes.add("the set holds no partition table");
        }
        if (manifest.unreadableBytes() > 0) {
            notes.add(manifest.unreadableBytes() + " bytes of the disk could not be read when the set was made");
        }
        return notes;
    }

    private long total(BackupManifest manifest) {
        return manifest.pieces().stream().filter(piece -> !manifest.isInImage(piece))
                .mapToLong(piece -> piece.length().orElse(0)).sum() + stored(manifest).stream().mapToLong(Stored::share).sum();
    }

    private Item piece(OpenSet set, SetPiece piece, SetProgress progress) throws ImagingException {
        String content = "outside the partitions, from byte " + piece.offset();
        if (!set.folder().has(piece.file())) {
            return item(piece.file(), content, Verdict.MISSING, "there is no such file");
        }
        try {
            ImageFile file = set.member(piece.file());
            long length = piece.length().orElse(Math.max(0, file.length() - piece.fileOffset()));
            if (file.length() < piece.fileOffset() + length) {
                return item(piece.file(), content, Verdict.DAMAGED, "has " + file.length() + " bytes, "
                        + (piece.fileOffset() + length) + " at least are expected");
            }
            return compared(piece.file(), content, FileHash.of(file, piece.fileOffset(), length, progress, true), piece.sha256());
        } catch (ImageReadException e) {
            return item(piece.file(), content, Verdict.DAMAGED, e.getMessage());
        }
    }

    private Item artefact(JobPlugins plugins, OpenSet set, Stored stored, SetProgress progress) throws ImagingException {
        SetArtefact artefact = stored.artefact;
        String content = stored.content;
        if (!set.folder().has(artefact.file())) {
            return item(artefact.file(), content, Verdict.MISSING, "there is no such file");
        }
        progress.begin(stored.share());
        try {
            OptionalLong length = artefact.fileLength();
            ImageFile file = set.member(artefact.file());
            if (length.isPresent() && file.length() != length.getAsLong()) {
                return item(artefact.file(), content, Verdict.DAMAGED, "has " + file.length() + " bytes, "
                        + length.getAsLong() + " are expected");
            }
            return artefact.kind() == SetArtefact.Kind.RAW ? raw(file, stored, progress) : image(plugins, file, stored, progress);
        } catch (ImageDamagedException | ImageFormatException | ImageReadException | CodecException e) {
            return item(artefact.file(), content, Verdict.DAMAGED, e.getMessage());
        } finally {
            progress.end(false);
        }
    }

    private Item raw(ImageFile file, Stored stored, SetProgress progress) throws ImagingException {
        SetArtefact artefact = stored.artefact;
        if (file.length() != stored.length) {
            return item(artefact.file(), stored.content, Verdict.DAMAGED, "has " + file.length() + " bytes, " + stored.content
                    + " has " + stored.length);
        }
        return compared(artefact.file(), stored.content, FileHash.of(file, 0, file.length(), progress, false),
                artefact.fileSha256());
    }

    private Item image(JobPlugins plugins, ImageFile file, Stored stored, SetProgress progress) throws ImagingException {
        SetArtefact artefact = stored.artefact;
        VerifyResult result = new VerifyJob(plugins, new VerifyRequest(file.reference(), request.quick(), false, uncached,
                request.pipeline()), () -> OpenImage.of(plugins, file, uncached)).run();
        ImageInfo info = result.image();
        Optional<String> wrong = Optional.empty();
        if (!result.intact()) {
            wrong = Optional.of(result.damageCount() + " damages; the first: " + result.damages().get(0).reason());
        } else if (info.spec().deviceLength() != stored.length) {
            wrong = Optional.of("is of a device of " + info.spec().deviceLength() + " bytes, " + stored.content + " has "
                    + stored.length);
        } else if (artefact.digests().isPresent() && !artefact.digests().get().equals(info.digests())) {
            wrong = Optional.of("is another image than the one the manifest is about: its digest is "
                    + info.digests().image() + ", expected " + artefact.digests().get().image());
        } else if (SetDifferences.otherPart(info, stored.part).isPresent()) {
            wrong = SetDifferences.otherPart(info, stored.part);
        } else if (!request.quick() && artefact.fileSha256().isPresent()) {
            Digest found = FileHash.of(file, 0, file.length(), progress, false);
            if (!found.equals(artefact.fileSha256().get())) {
                wrong = Optional.of("has the SHA-256 " + found + ", expected " + artefact.fileSha256().get());
            }
        }
        return new Item(artefact.file(), stored.content, wrong.isPresent() ? Verdict.DAMAGED : Verdict.INTACT,
                wrong.orElse(result.coverage().framesChecked() + " of " + result.coverage().frameCount() + " frames checked"),
                Optional.of(result));
    }

    private static Item compared(String file, String content, Digest found, Optional<Digest> expected) {
        if (expected.isEmpty()) {
            return item(file, content, Verdict.UNPROVEN, "not proven: the manifest has no digest of it");
        }
        return found.equals(expected.get()) ? item(file, content, Verdict.INTACT, "SHA-256 as expected")
                : item(file, content, Verdict.DAMAGED, "has the SHA-256 " + found + ", expected " + expected.get());
    }

    private static Item item(String file, String content, Verdict verdict, String detail) {
        return new Item(file, content, verdict, detail, Optional.empty());
    }
}
