package org.imagingutility.engine.set.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.layout.Ranges;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.check.StoredSet;
import org.imagingutility.engine.set.file.OpenSet;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.source.SourceDevices;
import org.imagingutility.engine.targets.FreeRanges;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/**
 * Restores a backup set: a whole disk, or one partition to its place. Everything that can be found wrong is found before the
 * target is touched. Then: what stands there is made unrecognisable, the partitions are written, what lies outside of them, and
 * last the first bytes of the disk.
 */
public final class RestoreSetJob {
    private final Plugins installed;
    private final RestoreSetRequest request;
    private final SetProgress progress;
    private final JobMonitor monitor;
    private final long startNanos = System.nanoTime();
    private Optional<Digest> begun = Optional.empty();

    /** Creates the job; {@link #run} runs it once. */
    public RestoreSetJob(Plugins installed, RestoreSetRequest request, JobMonitor monitor) {
        this.installed = installed;
        this.request = request;
        this.monitor = monitor;
        this.progress = new SetProgress(monitor, "Restoring", request.target());
    }

    /** Runs the job. */
    public RestoreSetResult run() throws ImagingException {
        try (JobPlugins plugins = progress.plugins(installed)) {
            return plugins.runRestartable("the restore", () -> run(plugins));
        }
    }

    private RestoreSetResult run(JobPlugins plugins) throws ImagingException {
        progress.back(0);
        SetFolder folder = SetFolder.of(plugins, request.folder());
        try (OpenSet set = OpenSet.open(plugins, folder, request.expected().or(() -> begun))) {
            // what starts over because a plug-in was replaced is of the same set
            begun = Optional.of(set.digest());
            return restore(plugins, set);
        }
    }

    private RestoreSetResult restore(JobPlugins plugins, OpenSet open) throws ImagingException {
        SetFolder folder = open.folder();
        BackupManifest manifest = open.manifest();
        refuseSamePlace(folder, manifest);
        SelfOverwriteCheck.refusePartition(request.target());
        List<SetPartition> partitions = chosen(folder, manifest);
        boolean whole = request.partition().isEmpty();
        progress.total(partitions.stream().mapToLong(RestoreSetJob::share).sum()
                + (whole ? manifest.pieces().stream().mapToLong(piece -> piece.length().orElse(0)).sum() : 0));
        try (StoredSet set = StoredSet.of(plugins, open, partitions, whole, progress)) {
            set.unproven(partitions).forEach(file -> monitor.notice("the manifest has no digest of \"" + file
                    + "\": what is restored of it is not proven"));
            Optional<DeviceInfo> existing = existing(plugins);
            refuseOtherSectors(manifest, existing);
            return whole ? disk(plugins, set, partitions, existing) : partition(plugins, set, partitions.get(0), existing);
        }
    }

    static long share(SetPartition partition) {
        return partition.artefact().map(artefact -> artefact.usedBytes().orElse(partition.length())).orElse(0L);
    }

    /** Returns what is restored, those that hold others first. */
    private List<SetPartition> chosen(SetFolder folder, BackupManifest manifest) throws ImagingException {
        if (request.partition().isPresent()) {
            int index = request.partition().getAsInt();
            return List.of(manifest.partition(index).filter(partition -> partition.artefact().isPresent())
                    .orElseThrow(() -> StoredSet.missing(manifest, folder, index)));
        }
        List<SetPartition> all = new ArrayList<>();
        for (SetPartition partition : manifest.partitions()) {
            if (partition.artefact().isPresent()) {
                all.add(partition);
            } else if (partition.role() != PartitionRole.EXTENDED) {
                monitor.notice("the set holds nothing of partition " + partition.index() + ": it is not restored");
            }
        }
        all.sort(Comparator.comparing((SetPartition partition) -> partition.role() != PartitionRole.EXTENDED)
                .thenComparingLong(SetPartition::offset));
        return all;
    }

    private void refuseSamePlace(SetFolder folder, BackupManifest manifest) throws UsageException {
        Optional<String> name = folder.manifest();
        if (name.isPresent()) {
            SelfOverwriteCheck.refuse(folder.reference(name.get()), request.target());
        }
        for (SetPiece piece : manifest.pieces()) {
            SelfOverwriteCheck.refuse(folder.reference(piece.file()), request.target());
        }
        for (SetPartition partition : manifest.partitions()) {
            if (partition.artefact().isPresent()) {
                SelfOverwriteCheck.refuse(folder.reference(partition.artefact().get().file()), request.target());
            }
        }
    }

    /** Returns what is known of a target that is there and has content; what cannot be looked at, opening it will tell. */
    private Optional<DeviceInfo> existing(JobPlugins plugins) throws ImagingException {
        try (Device device = plugins.deviceProviderFor(request.target()).open(request.target())) {
            return Optional.of(device.info());
        } catch (DeviceException e) {
            return Optional.empty();
        }
    }

    private void refuseOtherSectors(BackupManifest manifest, Optional<DeviceInfo> existing) throws TargetException {
        int sectorSize = manifest.disk().sectorSize();
        if (sectorSize > 0 && existing.isPresent() && existing.get().kind() != DeviceKind.FILE
                && existing.get().sectorSize() != sectorSize) {
            throw new TargetException(request.target(), -1, "has sectors of " + existing.get().sectorSize() + " bytes, the disk"
                    + " had sectors of " + sectorSize + ": its partition table would not be understood there",
                    "choose a target with sectors of " + sectorSize + " bytes, or restore to a raw file: --out-raw", null);
        }
    }

    private WritableDevice open(JobPlugins plugins, long required, BackupManifest manifest) throws ImagingException {
        return plugins.deviceProviderFor(request.target()).openTarget(request.target(),
                new TargetOptions(required, manifest.disk().sectorSize(), request.overwrite()));
    }

    private RestoreSetResult disk(JobPlugins plugins, StoredSet set, List<SetPartition> partitions,
            Optional<DeviceInfo> existing) throws ImagingException {
        BackupManifest manifest = set.manifest();
        long diskLength = manifest.disk().length();
        long length = existing.map(DeviceInfo::length).orElse(diskLength);
        RestorePlan plan = RestorePlan.of(plugins, request.target(), set, length);
        if (set.pieces().isEmpty() && partitions.stream().noneMatch(partition -> partition.offset() == 0)) {
            monitor.notice("the set holds no partition table: the restored disk has none");
        }
        try (WritableDevice device = open(plugins, Math.min(length, diskLength), manifest)) {
            plan.notices().forEach(monitor::notice);
            SetTarget target = SetTarget.ofDisk(device);
            PartRestore parts = new PartRestore(plugins, request, set, target, progress);
            for (SetPartition partition : partitions) {
                parts.restore(partition, partition.offset());
            }
            clearGaps(target, plan, partitions, device.length());
            OutsideRestore outside = new OutsideRestore(target, plan, progress);
            outside.write();
            long verified = parts.bytesVerified() + (request.verify() ? outside.compare() : 0);
            target.complete(request.verify());
            return result(set, device, partitions, true, target, verified);
        }
    }

    /** What is neither in a partition nor written beside them is free as well. */
    private void clearGaps(SetTarget target, RestorePlan plan, List<SetPartition> partitions, long length)
            throws ImagingException {
        List<Extent> taken = new ArrayList<>(target.wiped());
        Ranges.addTo(taken, plan.ranges());
        partitions.forEach(partition -> taken.add(new Extent(partition.offset(), partition.length())));
        ExtentList free = Ranges.without(new ExtentList.Builder().add(0, length).build(), Ranges.union(taken));
        FreeRanges ranges = new FreeRanges(new RangeTarget(target, 0, length), request.zeroFree(), request.discard(), progress);
        for (int i = 0; i < free.count(); i++) {
            ranges.taken(free.offset(i));
            ranges.upTo(free.end(i));
        }
    }

    private RestoreSetResult partition(JobPlugins plugins, StoredSet set, SetPartition partition,
            Optional<DeviceInfo> existing) throws ImagingException {
        long start = existing.isPresent() ? placeOf(plugins, partition) : 0;
        try (WritableDevice device = open(plugins, start + partition.length(), set.manifest())) {
            SetTarget target = SetTarget.ofPartition(device, start, partition.length());
            PartRestore parts = new PartRestore(plugins, request, set, target, progress);
            parts.restore(partition, start);
            target.complete(request.verify());
            return result(set, device, List.of(partition), false, target, parts.bytesVerified());
        }
    }

    /** Returns where the partition lies on the target, which must have one just there. */
    private long placeOf(JobPlugins plugins, SetPartition partition) throws ImagingException {
        try (Device disk = plugins.deviceProviderFor(request.target()).open(request.target())) {
            Optional<PartitionTable> table = SourceDevices.table(plugins, disk);
            if (table.isPresent() && !table.get().contradictions().isEmpty()) {
                throw new TargetException(request.target(), -1, "has a partition table that contradicts itself ("
                        + table.get().contradictions().get(0) + "): what lies at the place of partition " + partition.index()
                        + " may belong to another one", "restore the whole set, or name a new file", null);
            }
            for (Partition there : table.map(PartitionTable::partitions).orElse(List.of())) {
                if (there.role() != PartitionRole.EXTENDED && there.offset() == partition.offset()
                        && there.length() == partition.length()) {
                    return there.offset();
                }
            }
            throw new TargetException(request.target(), -1, "has no partition at byte " + partition.offset() + " with "
                    + partition.length() + " bytes, as partition " + partition.index() + " of the set is",
                    "restore its image by itself (imaging restore --in " + partition.artefact().orElseThrow().file()
                            + "), restore the whole set, or name a new file", null);
        }
    }

    private RestoreSetResult result(StoredSet set, WritableDevice device, List<SetPartition> partitions,
            boolean whole, SetTarget target, long verified) {
        return new RestoreSetResult(set.manifest(), device.info(), partitions.stream().map(SetPartition::index).sorted().toList(),
                whole, target.bytesWritten(), target.bytesGivenBack(), verified, request.verify() && target.onMedium(),
                Duration.ofNanos(System.nanoTime() - startNanos), Optional.of(set.digest()), set.unproven(partitions));
    }
}
