package org.imagingutility.engine.guard.files;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link FileSystemReader} and the trees that it opens. */
public final class CheckedFileSystemReader implements FileSystemReader {
    private final GuardedPlugin plugin;
    private final FileSystemReader reader;

    /** Creates the guard. */
    public CheckedFileSystemReader(GuardedPlugin plugin, FileSystemReader reader) {
        this.plugin = plugin;
        this.reader = reader;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
        try {
            Optional<FileTree> found = plugin.present("FileSystemReader.open", reader.open(volume, options));
            return found.isEmpty() ? found : Optional.of(new CheckedFileTree(plugin, found.get()));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileSystemReader.open", e);
        }
    }
}
