package org.imagingutility.engine.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.engine.plugin.job.JobPlugins;

/**
 * The snapshots that a job reads its devices from. A device is frozen when it is first opened, together with those that are to show the
 * same moment; when it is opened again, for example after a plug-in was replaced, the same snapshot is used. If no provider freezes a
 * disk as a whole, the volumes on it are frozen, all at one moment. For the thread that runs the job.
 */
public final class Snapshots {
    private final JobPlugins plugins;
    private final Together together;
    private final Map<String, String> idsByDevice = new LinkedHashMap<>();
    /** The frozen volumes of disks that are not frozen as a whole. */
    private final Map<String, List<VolumeOnDisk>> disks = new HashMap<>();

    /**
     * Devices that are frozen together.
     *
     * @param references the devices
     * @param elseEach whether each is frozen by itself, at a moment of its own, where that cannot be
     */
    public record Together(List<String> references, boolean elseEach) {
        /** No such devices: each is frozen when it is opened first. */
        public static final Together NONE = new Together(List.of(), true);

        /** Copies the list. */
        public Together {
            references = List.copyOf(references);
        }
    }

    private Snapshots(JobPlugins plugins, Together together) {
        this.plugins = plugins;
        this.together = together;
    }

    /**
     * Does a job that reads its devices from snapshots of them. However it ends, the snapshots are released then.
     */
    public static <T> T during(JobPlugins plugins, JobPlugins.Step<T> job) throws ImagingException {
        return during(plugins, Together.NONE, job);
    }

    /** Does the same with devices that are frozen together, when one of them is opened first. */
    public static <T> T during(JobPlugins plugins, Together together, JobPlugins.Step<T> job) throws ImagingException {
        Snapshots snapshots = new Snapshots(plugins, together);
        plugins.openDevicesBy(snapshots::open);
        boolean gone = false;
        try {
            return job.run();
        } catch (PluginGoneException e) {
            gone = true;
            throw e;
        } finally {
            plugins.openDevicesBy(null);
            snapshots.release(gone);
        }
    }

    /** Returns the options that resume what a job left: with a new snapshot, which is another moment, all is compared. */
    public static String resumeOptions(boolean snapshot) {
        return snapshot ? "--resume --resume-check full" : "--resume";
    }

    private Device open(String reference) throws ImagingException {
        if (disks.containsKey(reference)) {
            return openDisk(reference);
        }
        if (idsByDevice.containsKey(reference)) {
            return view(reference);
        }
        try {
            provider(reference);
        } catch (UsageException e) {
            disks.put(reference, frozenVolumes(reference, e));
            return openDisk(reference);
        }
        if (together.references().contains(reference)) {
            freezeTogether();
        }
        if (!idsByDevice.containsKey(reference)) {
            freeze(List.of(reference));
        }
        return view(reference);
    }

    private void freezeTogether() throws ImagingException {
        List<String> notYet = together.references().stream().filter(each -> !idsByDevice.containsKey(each)).toList();
        try {
            freeze(notYet);
        } catch (SnapshotException e) {
            if (!together.elseEach() || notYet.size() == 1) {
                throw e;
            }
            plugins.monitor().notice("they cannot be frozen together, so each is at a moment of its own: " + e.getMessage());
        }
    }

    /** Opens the frozen view of something that was frozen. */
    private Device view(String reference) throws ImagingException {
        Snapshot snapshot = provider(reference).reopen(idsByDevice.get(reference));
        try {
            String frozen = snapshot.frozen(reference);
            return new FrozenDevice(plugins.deviceProviderFor(frozen).open(frozen), snapshot, reference);
        } catch (ImagingException | RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    private SnapshotProvider provider(String reference) throws UsageException {
        try {
            return plugins.snapshotProviderFor(reference);
        } catch (UsageException e) {
            UsageException none = new UsageException("no installed snapshot provider freezes \"" + reference + "\"", "leave out"
                    + " --snapshot and see to it that nothing writes to the device, or freeze it by other means and image that");
            none.addSuppressed(e);
            throw none;
        }
    }

    /** Freezes devices that have one provider, at one moment. */
    private void freeze(List<String> references) throws ImagingException {
        SnapshotProvider provider = provider(references.get(0));
        for (String other : references) {
            if (!provider(other).name().equals(provider.name())) {
                throw new SnapshotException(references.get(0), "it is frozen by another plug-in than \"" + other + "\", so not at one moment with it",
                        "if they may show different moments, add --snapshot-separately", null);
            }
        }
        try (Snapshot snapshot = provider.freeze(references, plugins.monitor()::cancelled)) {
            references.forEach(reference -> idsByDevice.put(reference, snapshot.id()));
            plugins.monitor().notice("\"" + String.join("\", \"", references) + "\" " + (references.size() == 1 ? "is" : "are") + " frozen as of "
                    + snapshot.taken() + ": snapshot \"" + snapshot.id() + "\" by " + provider.name());
            snapshot.warnings().forEach(plugins.monitor()::notice);
        }
    }

    /** Freezes the volumes of a disk that nobody freezes as a whole. */
    private List<VolumeOnDisk> frozenVolumes(String disk, UsageException notAsAWhole) throws ImagingException {
        List<VolumeOnDisk> volumes;
        List<VolumeOnDisk> parts;
        try (Device device = plugins.deviceProviderFor(disk).open(disk)) {
            volumes = new ArrayList<>(device.volumes());
            parts = device.volumeParts();
        } catch (DeviceException | UsageException e) {
            notAsAWhole.addSuppressed(e);
            throw notAsAWhole;
        }
        volumes.sort(Comparator.comparingLong(VolumeOnDisk::offset));
        List<VolumeOnDisk> freezable = new ArrayList<>();
        for (VolumeOnDisk volume : volumes) {
            boolean apart = freezable.isEmpty() || freezable.get(freezable.size() - 1).end() <= volume.offset();
            Optional<String> refusal = apart ? refusal(volume.reference()) : Optional.of("it overlaps another volume");
            if (refusal.isEmpty()) {
                freezable.add(volume);
            } else {
                plugins.monitor().notice("the volume \"" + volume.reference() + "\" at byte " + volume.offset() + " of \"" + disk + "\" cannot be"
                        + " frozen, and is read as it is: " + refusal.get());
            }
        }
        tellOfParts(disk, parts);
        if (freezable.isEmpty()) {
            if (volumes.isEmpty() && parts.isEmpty()) {
                throw notAsAWhole;
            }
            throw new SnapshotException(disk, "none of the volumes on it can be frozen", "leave out --snapshot and see to it that nothing writes"
                    + " to the disk", notAsAWhole);
        }
        freeze(freezable.stream().map(VolumeOnDisk::reference).toList());
        return freezable;
    }

    /** What is frozen of a volume is in the order of the volume; which bytes of a disk these are is known of those in one range only. */
    private void tellOfParts(String disk, List<VolumeOnDisk> parts) {
        Map<String, StringJoiner> rangesByVolume = new LinkedHashMap<>();
        for (VolumeOnDisk part : parts) {
            rangesByVolume.computeIfAbsent(part.reference(), volume -> new StringJoiner(" and "))
                    .add(part.offset() + " to " + (part.end() - 1));
        }
        rangesByVolume.forEach((volume, ranges) -> plugins.monitor().notice("the volume \"" + volume + "\" lies in several ranges, or on"
                + " several disks, and is not frozen: what is its of \"" + disk + "\", bytes " + ranges + ", is read as it is; image the volume"
                + " by itself to have it frozen"));
    }

    private Optional<String> refusal(String volume) throws ImagingException {
        try {
            return provider(volume).refusal(volume);
        } catch (UsageException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Device openDisk(String reference) throws ImagingException {
        List<Device> opened = new ArrayList<>();
        try {
            Device disk = plugins.deviceProviderFor(reference).open(reference);
            opened.add(disk);
            Map<VolumeOnDisk, Device> views = new LinkedHashMap<>();
            for (VolumeOnDisk volume : disks.get(reference)) {
                Device view = view(volume.reference());
                opened.add(view);
                views.put(volume, view);
            }
            return new FrozenDisk(disk, views);
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                FrozenDisk.closeAll(opened);
            } catch (ImagingException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Releases all; a provider that the job has waited for in vain is not waited for once more. */
    private void release(boolean gone) {
        Map<String, String> devicesById = new LinkedHashMap<>();
        idsByDevice.forEach((reference, id) -> devicesById.putIfAbsent(id, reference));
        try (JobPlugins withoutWaiting = JobPlugins.withoutWaiting(plugins)) {
            JobPlugins asked = gone ? withoutWaiting : plugins;
            devicesById.forEach((id, reference) -> release(asked, reference, id));
        }
    }

    private void release(JobPlugins asked, String reference, String id) {
        try {
            asked.runResumable(() -> {
                try (Snapshot snapshot = asked.snapshotProviderFor(reference).reopen(id)) {
                    snapshot.release();
                    return id;
                }
            });
        } catch (ImagingException e) {
            plugins.monitor().notice("the snapshot \"" + id + "\" of \"" + reference + "\" could not be released: " + e.getMessage());
        }
    }
}
