package org.imagingutility.engine.files.served;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.engine.files.OpenVolume;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.source.SourceDevices;
import org.imagingutility.engine.view.ContentKeeper;
import org.imagingutility.engine.view.ContentVolume;
import org.imagingutility.engine.view.Views;

/** Opens images for their files: one volume, or all partitions of a disk. For one thread; what it opens is for many. */
public final class ServedImages implements AutoCloseable {
    private final Plugins installed;
    private final JobMonitor monitor;
    private final Views views;
    /** The last one is closed first: a tree before the bytes that it is read from. */
    private final Deque<ContentKeeper.Kept> open = new ArrayDeque<>();

    /**
     * Creates it.
     *
     * @param monitor may be asked and told by several threads at once
     * @param views what images are opened by; the caller closes it, after this
     */
    public ServedImages(Plugins installed, JobMonitor monitor, Views views) {
        this.installed = installed;
        this.monitor = monitor;
        this.views = views;
    }

    /**
     * Opens an image.
     *
     * @throws UsageException if it is to be a disk or to be written to, which is for block devices
     */
    public ServedImage open(ServeRequest.Export export) throws ImagingException {
        if (export.asDisk() || export.overlay().isPresent()) {
            throw new UsageException("\"" + export.image() + "\" is served by its files: there is no disk around them, and nothing is written to", null);
        }
        String image = export.image();
        ContentVolume whole = views.openWhole(image);
        List<String> leftOut = views.leftOut();
        open.push(whole::close);
        OptionalInt number = PartitionReference.of(image).map(part -> OptionalInt.of(part.number())).orElse(OptionalInt.empty());
        List<ServedFiles> volumes = new ArrayList<>();
        try {
            volumes.add(files(OptionalInt.empty(), image, whole, leftOut));
        } catch (FileSystemException | DeviceException | UsageException | PluginException e) {
            List<Partition> partitions = number.isPresent() ? List.of() : partitions(image, whole);
            if (partitions.isEmpty()) {
                volumes.add(refused(OptionalInt.empty(), image, "not known", whole.length(), e));
            }
            for (Partition partition : partitions) {
                volumes.add(partition(image, partition));
            }
        }
        return new ServedImage(export.name(), image, List.copyOf(volumes));
    }

    private ServedFiles files(OptionalInt partition, String reference, ContentVolume volume, List<String> leftOut) throws ImagingException {
        BrowseRequest request = new BrowseRequest(reference);
        ContentKeeper<OpenFiles> keeper = ContentKeeper.open(installed, monitor, reference + " by its files",
                plugins -> new OpenFiles(OpenVolume.reader(plugins, request, volume), volume, reference, leftOut));
        open.push(keeper::close);
        ServedFiles files = ServedFiles.of(partition, volume, keeper);
        files.warnings().forEach(warning -> monitor.notice("\"" + reference + "\": " + warning));
        return files;
    }

    private ServedFiles partition(String image, Partition partition) throws ImagingException {
        OptionalInt number = OptionalInt.of(partition.number());
        String reference = image + "#" + partition.number();
        String kind = partition.name().isEmpty() ? partition.typeName() : "\"" + partition.name() + "\"";
        String known = kind.isEmpty() ? "type " + partition.type() : kind;
        try {
            int before = views.leftOut().size();
            ContentVolume volume = views.openWhole(reference);
            open.push(volume::close);
            List<String> leftOut = views.leftOut();
            return files(number, reference, volume, leftOut.subList(before, leftOut.size()));
        } catch (FileSystemException | DeviceException | UsageException | PluginException e) {
            return refused(number, reference, known, partition.length(), e);
        }
    }

    private ServedFiles refused(OptionalInt partition, String reference, String kind, long length, ImagingException reason) {
        monitor.notice("the files of \"" + reference + "\" cannot be had: " + reason.getMessage());
        // where the image lies on this machine is nothing for clients of the network
        return ServedFiles.refused(partition, kind, length, reason.getMessage().replace(reference, name(reference)));
    }

    private static String name(String reference) {
        return reference.substring(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('\\')) + 1);
    }

    /** Returns the partitions that hold something by themselves; none where there is no table. */
    private List<Partition> partitions(String image, VolumeDevice whole) throws ImagingException {
        try (JobPlugins plugins = JobPlugins.withoutWaiting(installed, monitor)) {
            Optional<PartitionTable> table = plugins.runResumable(() -> SourceDevices.table(plugins, whole));
            table.ifPresent(found -> {
                found.warnings().forEach(line -> monitor.notice("\"" + image + "\": " + line));
                found.contradictions().forEach(line -> monitor.notice("\"" + image + "\": " + line));
            });
            return table.map(PartitionTable::partitions).orElse(List.of()).stream().filter(each -> each.role() != PartitionRole.EXTENDED).toList();
        } catch (DeviceException | PluginException e) {
            monitor.notice("\"" + image + "\": its partition table cannot be gone by: " + e.getMessage());
            return List.of();
        }
    }

    /** Closes all that is open: those who read are waited for. */
    @Override
    public void close() throws ImagingException {
        ImagingException first = null;
        for (ContentKeeper.Kept each = open.poll(); each != null; each = open.poll()) {
            try {
                each.close();
            } catch (ImagingException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
