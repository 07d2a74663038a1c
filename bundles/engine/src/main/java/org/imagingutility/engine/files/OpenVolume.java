package org.imagingutility.engine.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.repository.image.RepositoryFormat;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.source.SourceDevices;
import org.imagingutility.engine.view.Views;

/**
 * A volume that was opened for its files, and its tree: an image, a set, a device, a raw file, or a partition of any of these. For one thread.
 */
public final class OpenVolume implements AutoCloseable {
    private final Views views;
    private final VolumeDevice volume;
    private final FileTree tree;

    private OpenVolume(Views views, VolumeDevice volume, FileTree tree) {
        this.views = views;
        this.volume = volume;
        this.tree = tree;
    }

    /**
     * Opens a volume. What users should know of it is told to the monitor of the job.
     *
     * @param installed the plug-ins that the volume itself is opened with; those of the reader are asked of {@code job}
     */
    public static OpenVolume open(Plugins installed, JobPlugins job, BrowseRequest request) throws ImagingException {
        JobMonitor monitor = job.monitor();
        Views views = new Views(installed, monitor, request.cacheBytes(), 0);
        VolumeDevice volume = null;
        try {
            volume = isImage(job, request.source()) ? views.openWhole(request.source())
                    : VolumeDevice.of(SourceDevices.open(job, request.source(), monitor::notice));
            FileTree tree = LeftOutFiles.refusing(tree(job, request, volume), request.source(), views.leftOut());
            tree.warnings().forEach(warning -> monitor.notice("\"" + request.source() + "\": " + warning));
            return new OpenVolume(views, volume, tree);
        } catch (ImagingException | RuntimeException | Error e) {
            close(views, volume, e);
            throw e;
        }
    }

    private static void close(Views views, VolumeDevice volume, Throwable error) {
        try (views) {
            if (volume != null) {
                volume.close();
            }
        } catch (ImagingException closing) {
            error.addSuppressed(closing);
        }
    }

    /** Returns its files. */
    public FileTree tree() {
        return tree;
    }

    /** A folder is a set; a file that a container format knows is an image; all else is for device providers. */
    private static boolean isImage(JobPlugins job, String reference) throws ImagingException {
        String whole = PartitionReference.of(reference).map(PartitionReference::disk).orElse(reference);
        if (Views.isFolder(whole)) {
            return true;
        }
        try (ImageFile file = job.storeFor(whole).open(whole)) {
            return RepositoryFormat.INSTANCE.recognises(file) || job.ask(job.formats(), whole, format -> format.recognises(file) ? Optional.of(format) : Optional.empty()).isPresent();
        } catch (UsageException | ImageReadException | TargetException | NotPermittedException e) {
            // no file, or none that a store takes: the device provider says what is wrong
            return false;
        }
    }

    private static FileTree tree(JobPlugins job, BrowseRequest request, VolumeDevice volume) throws ImagingException {
        FileSystemReader reader = reader(job, request, volume);
        return reader.open(volume, request.options()).orElseThrow(() -> request.fileSystem().isEmpty() ? unknown(job, request, volume)
                : new FileSystemException(request.source(), -1, "the reader \"" + reader.name() + "\" does not find its file system",
                        "leave --file-system away"));
    }

    /** Returns the one reader that knows the file system of a volume, or the one that the user names. */
    public static FileSystemReader reader(JobPlugins job, BrowseRequest request, VolumeDevice volume) throws ImagingException {
        if (request.fileSystem().isPresent()) {
            return job.fileSystemReaderNamed(request.fileSystem().get());
        }
        List<String> names = new ArrayList<>();
        List<ImagingException> failures = new ArrayList<>();
        job.ask(job.fileSystemReaders(), request.source(), reader -> {
            try {
                Optional<FileTree> found = reader.open(volume, request.options());
                if (found.isPresent()) {
                    names.add(reader.name());
                    found.get().close();
                }
            } catch (FileSystemException | PluginException e) {
                failures.add(e);
            }
            // all of them are asked: more than one may know what is there
            return Optional.<FileTree>empty();
        });
        if (names.size() == 1) {
            return job.fileSystemReaderNamed(names.get(0));
        }
        if (names.isEmpty()) {
            throw failures.isEmpty() ? unknown(job, request, volume) : failures.get(0);
        }
        throw new UsageException("\"" + request.source() + "\" has more than one file system on it: " + String.join(", ", names),
                "say which one is meant: --file-system " + names.get(0));
    }

    private static ImagingException unknown(JobPlugins job, BrowseRequest request, VolumeDevice volume) {
        String names = String.join(", ", job.fileSystemReaders().all().stream().map(FileSystemReader::name).toList());
        String reason = "no installed reader (" + names + ") knows what is on it";
        try {
            Optional<PartitionTable> table = SourceDevices.table(job, volume);
            if (table.isPresent() && !table.get().partitions().isEmpty()) {
                String numbers = String.join(", ", table.get().partitions().stream().map(Partition::number).map(number -> "#" + number).toList());
                return new UsageException("\"" + request.source() + "\" is a disk with partitions (" + numbers + ")",
                        "name one of them: \"" + request.source() + "#" + table.get().partitions().get(0).number() + "\"");
            }
        } catch (ImagingException e) {
            reason += "; its partition table cannot be gone by: " + e.getMessage();
        }
        return new FileSystemException(request.source(), -1, reason, null);
    }

    @Override
    public void close() throws ImagingException {
        try (views; volume) {
            tree.close();
        }
    }
}
