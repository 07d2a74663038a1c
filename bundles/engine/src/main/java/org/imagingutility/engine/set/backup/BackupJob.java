package org.imagingutility.engine.set.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.engine.layout.DiskExamination;
import org.imagingutility.engine.layout.DiskLayout;
import org.imagingutility.engine.layout.SourcePart;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.check.VerifySetJob;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetNames;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.ListedDevices;
import org.imagingutility.engine.source.Snapshots;
import org.imagingutility.engine.source.SourceDevices;
import org.imagingutility.engine.source.SourceOpener;
import org.imagingutility.engine.targets.SelfOverwriteCheck;
import org.imagingutility.engine.write.Timestamps;

/**
 * Makes a backup set of a whole disk: first what lies outside the partitions, then one image after the other, the manifest
 * last. What is finished has its final name, so that a set which was interrupted tells by its files how far it got.
 */
public final class BackupJob {
    private final Plugins installed;
    private final BackupRequest request;
    private final JobMonitor monitor;
    private final SetProgress progress;
    private final long startNanos = System.nanoTime();
    private long bytesRead;

    /** Creates the job; {@link #run} runs it once. */
    public BackupJob(Plugins installed, BackupRequest request, JobMonitor monitor) {
        this.installed = installed;
        this.request = request;
        this.monitor = monitor;
        this.progress = new SetProgress(monitor, "Backing up", request.device());
    }

    /** Runs the job. */
    public BackupResult run() throws ImagingException {
        Instant created = Timestamps.now();
        try (JobPlugins plugins = progress.plugins(installed)) {
            return request.source().snapshot() ? Snapshots.during(plugins, () -> run(plugins, created)) : run(plugins, created);
        }
    }

    private BackupResult run(JobPlugins plugins, Instant created) throws ImagingException {
        SetFolder folder = SetFolder.of(plugins, request.folder());
        plugins.runResumable(folder::writable);
        Optional<String> complete = plugins.runResumable(folder::manifest);
        if (request.output().resume().isPresent() && complete.isPresent()) {
            return alreadyComplete(plugins, folder, complete.get());
        }
        Set<String> replaced = plugins.runResumable(() -> replaced(folder));
        DiskLayout layout = plugins.runResumable(() -> new DiskExamination(plugins, request, progress::examined).layout());
        layout.warnings().forEach(monitor::notice);
        plugins.runResumable(() -> checkMounts(plugins, folder, layout.disk()));
        List<SetPiece> planned = PieceStore.planned(layout.pieces(), SetNames.of(request.diskNumber()));
        refuseOthers(folder, layout, planned);
        folder.make();
        plugins.runResumable(() -> removeOld(folder, layout, planned, replaced));
        List<Map.Entry<SourcePart, PartEstimate>> estimates = new ArrayList<>();
        long total = layout.pieces().totalLength();
        for (SourcePart part : parts(layout)) {
            PartEstimate estimate = plugins.runResumable(() -> PartEstimate.of(plugins, part, request, plugins.monitor()));
            estimates.add(Map.entry(part, estimate));
            total += estimate.usedBytes();
        }
        progress.total(total);
        BackupResult result = backUp(plugins, folder, layout, planned, estimates, created);
        return request.output().verify() ? verified(plugins, folder, result) : result;
    }

    private static List<SourcePart> parts(DiskLayout layout) {
        List<SourcePart> parts = new ArrayList<>(layout.parts());
        layout.unpartitioned().ifPresent(parts::add);
        return parts;
    }

    private BackupResult backUp(JobPlugins plugins, SetFolder folder, DiskLayout layout, List<SetPiece> planned,
            List<Map.Entry<SourcePart, PartEstimate>> estimates, Instant created) throws ImagingException {
        try {
            List<SetPiece> pieces = plugins.runResumable(() -> pieces(plugins, folder, planned));
            ManifestDraft draft = new ManifestDraft(request, layout, created, pieces);
            List<BackupResult.Part> parts = new ArrayList<>();
            for (Map.Entry<SourcePart, PartEstimate> part : estimates) {
                progress.checkpoint();
                PartBackup.Made made = new PartBackup(plugins, request, folder, progress).make(part.getKey(), part.getValue());
                draft.add(part.getKey(), made);
                if (part.getKey().index() != SourcePart.UNPARTITIONED) {
                    parts.add(made.done());
                }
                bytesRead += made.done().bytesRead();
            }
            BackupManifest manifest = draft.finish(Timestamps.now());
            plugins.runResumable(() -> removeStrays(folder, layout, manifest));
            SetFolder.Written written = plugins.runResumable(() -> folder.write(manifest));
            return new BackupResult(written.reference(), manifest, parts, false, bytesRead, stored(manifest), Optional.empty(),
                    elapsed(), Optional.of(written.digest()));
        } catch (ImagingException e) {
            monitor.notice("the set is not complete: the same command with "
                    + Snapshots.resumeOptions(request.source().snapshot()) + " continues it");
            throw e;
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private List<SetPiece> pieces(JobPlugins plugins, SetFolder folder, List<SetPiece> planned) throws ImagingException {
        progress.back(0);
        if (planned.isEmpty()) {
            return planned;
        }
        Device disk = SourceDevices.open(plugins, request.device(), notice -> { });
        try (GuardedDevice guarded = SourceOpener.guard(disk, request.readErrors(), plugins.monitor())) {
            PieceStore store = new PieceStore(plugins, folder, guarded, progress);
            boolean resume = request.output().resume().isPresent();
            Optional<List<SetPiece>> kept = resume ? store.reusable(planned) : Optional.empty();
            progress.back(0);
            List<SetPiece> pieces = kept.isPresent() ? kept.get() : store.write(planned, true);
            progress.back(pieces.stream().mapToLong(piece -> piece.length().orElse(0)).sum());
            bytesRead += store.bytesRead();
            return pieces;
        }
    }

    /** Returns the names of the files of the complete set that this one replaces. */
    private Set<String> replaced(SetFolder folder) throws ImagingException {
        Optional<String> name = folder.manifest();
        if (name.isEmpty()) {
            return Set.of();
        }
        if (!request.output().overwrite()) {
            throw new TargetException(request.folder(), -1, "holds a complete backup set",
                    "choose another --out-dir, or replace that set: --force", null);
        }
        if (folder.isLink(name.get())) {
            monitor.notice("\"" + folder.reference(name.get()) + "\" is a link: it is replaced, and files of its set may stay");
            return Set.of();
        }
        try {
            return files(folder.read().manifest());
        } catch (ImageFormatException e) {
            // a manifest that cannot be gone by names nothing that could be removed
            monitor.notice(e.getMessage() + ": it is replaced, and files of its set may stay");
            return Set.of();
        }
    }

    private static Set<String> files(BackupManifest manifest) {
        Set<String> files = new TreeSet<>();
        manifest.pieces().forEach(piece -> files.add(piece.file()));
        manifest.partitions().forEach(partition -> partition.artefact().ifPresent(artefact -> files.add(artefact.file())));
        return files;
    }

    /**
     * Takes away what is replaced, the manifest first: were an image of the old set left there, a run that resumes this
     * one would take it for its own.
     */
    private Set<String> removeOld(SetFolder folder, DiskLayout layout, List<SetPiece> planned, Set<String> replaced)
            throws ImagingException {
        folder.removeManifest();
        if (request.output().resume().isPresent()) {
            return Set.of();
        }
        Set<String> old = new TreeSet<>(replaced);
        old.addAll(names(layout, planned));
        for (String file : old) {
            folder.remove(file);
            folder.discardUnfinished(file);
        }
        return old;
    }

    /** Takes away what a run with other options left: the set does not name it. */
    private Set<String> removeStrays(SetFolder folder, DiskLayout layout, BackupManifest manifest) throws ImagingException {
        Set<String> strays = names(layout, manifest.pieces());
        strays.removeAll(files(manifest));
        for (String file : strays) {
            folder.remove(file);
            folder.discardUnfinished(file);
        }
        return strays;
    }

    /** Returns the names that files of this set may have. */
    private Set<String> names(DiskLayout layout, List<SetPiece> planned) {
        Set<String> names = new TreeSet<>();
        names.add(SetNames.of(request.diskNumber()).unpartitioned());
        planned.forEach(piece -> names.add(piece.file()));
        for (SourcePart part : layout.parts()) {
            names.add(SetNames.image(part.index()));
            names.add(SetNames.rawDump(part.index()));
        }
        return names;
    }

    /** A set is started in a folder without files of another one, finished or not, and never over its own source. */
    private void refuseOthers(SetFolder folder, DiskLayout layout, List<SetPiece> planned) throws ImagingException {
        boolean replace = request.output().resume().isPresent() || request.output().overwrite();
        for (String name : names(layout, planned)) {
            SelfOverwriteCheck.refuse(request.device(), folder.reference(name));
            if (!replace && (folder.has(name) || folder.hasUnfinished(name))) {
                throw new TargetException(request.folder(), -1, "holds \"" + name + "\", of a set that was not completed",
                        "resume it (--resume), start it over (--force), or choose another --out-dir", null);
            }
            if (request.output().resume().isPresent() && folder.isLink(name)) {
                throw new TargetException(request.folder(), -1, "holds a link \"" + name + "\": what it leads to is no file of"
                        + " this set", "remove the link, or start the set over (--force), or choose another --out-dir", null);
            }
        }
    }

    private DeviceInfo checkMounts(JobPlugins plugins, SetFolder folder, DeviceInfo disk) throws ImagingException {
        Set<String> told = new TreeSet<>();
        checkMounts(folder, disk, told);
        List<DeviceInfo> listed = new ArrayList<>();
        ListedDevices.each(plugins, monitor, (provider, info) -> listed.add(info));
        for (DeviceInfo info : listed) {
            if (info.parent().isPresent() && SelfOverwriteCheck.isSame(info.parent().get(), disk.reference())) {
                checkMounts(folder, info, told);
            }
        }
        return disk;
    }

    /** {@code told} are the mount points that the user has been told of: what is mounted of a disk may be a partition of it. */
    private void checkMounts(SetFolder folder, DeviceInfo device, Set<String> told) throws ImagingException {
        for (String mountPoint : device.mountPoints()) {
            if (folder.isOn(device.reference(), mountPoint)) {
                throw new TargetException(request.folder(), -1, "lies on the disk that is backed up (\"" + device.reference()
                        + "\", mounted at " + mountPoint + "): the set would hold halves of itself, and be lost with the disk",
                        "choose a folder on another disk", null);
            }
        }
        // frozen volumes may be in use; those that cannot be frozen are told of when that is found out
        if (told.addAll(device.mountPoints()) && !request.source().snapshot()) {
            monitor.notice("\"" + device.reference() + "\" is mounted at " + String.join(", ", device.mountPoints())
                    + ": what changes while it is read makes its image inconsistent; unmount it, or mount it read-only");
        }
    }

    private static long stored(BackupManifest manifest) {
        long bytes = 0;
        for (SetPartition partition : manifest.partitions()) {
            bytes += partition.artefact().map(artefact -> artefact.fileLength().orElse(0)).orElse(0L);
        }
        bytes += manifest.piecesImage().map(image -> image.fileLength().orElse(0)).orElse(0L);
        return bytes + manifest.pieces().stream().filter(piece -> !manifest.isInImage(piece))
                .mapToLong(piece -> piece.length().orElse(0)).sum();
    }

    private BackupResult alreadyComplete(JobPlugins plugins, SetFolder folder, String name) throws ImagingException {
        SetFolder.Known known = plugins.runResumable(folder::read);
        BackupManifest manifest = known.manifest();
        DiskLayout layout = plugins.runResumable(() -> new DiskExamination(plugins, request, progress::examined).layoutAtAGlance());
        Optional<String> difference = new ManifestDraft(request, layout, manifest.created(), List.of()).difference(manifest);
        if (difference.isPresent()) {
            throw new UsageException("\"" + request.folder() + "\" holds a complete set of another disk: "
                    + difference.get(), "choose another --out-dir");
        }
        String reference = folder.reference(name);
        monitor.notice("\"" + reference + "\" is already complete: verifying it");
        BackupResult result = new BackupResult(reference, manifest, List.of(), true, 0, stored(manifest), Optional.empty(),
                elapsed(), Optional.of(known.digest()));
        // it may have rotted since, and who ends with success says that nothing is missing: as with a complete image
        return verified(plugins, folder, result);
    }

    /** A set that this job finds damaged is not left as a complete one. */
    private BackupResult verified(JobPlugins plugins, SetFolder folder, BackupResult result) throws ImagingException {
        VerifySetResult verified = new VerifySetJob(installed, new VerifySetRequest(request.folder(), false, request.pipeline(),
                result.setDigest()), monitor, true).run();
        if (!verified.intact() && !result.alreadyComplete()) {
            plugins.runResumable(() -> {
                folder.removeManifest();
                return folder;
            });
        }
        return new BackupResult(result.manifestFile(), result.manifest(), result.parts(), result.alreadyComplete(),
                result.bytesRead(), result.bytesStored(), Optional.of(verified), elapsed(),
                result.setDigest());
    }
}
