package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.osgi.service.component.annotations.Component;

/** Keeps images in files. A reference is a path; symbolic links are followed. Used by several threads at once. */
@Component
public final class FileImageStore implements ImageStore {
    private static final String NAME = "file";
    /** {@code s3://...}; a single letter is a Windows drive. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);

    /**
     * Partial files being written by this store. The lock of the operating system keeps other processes out; within a
     * process it cannot be tried safely, because closing any channel of a file gives up all its locks (POSIX).
     */
    private final Set<Path> writing = ConcurrentHashMap.newKeySet();

    /** Creates the store. */
    public FileImageStore() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String reference) {
        return !reference.isEmpty() && !URI.matcher(reference).matches();
    }

    @Override
    public ImageFile create(String reference, CreateOptions options) throws ImagingException {
        Path target;
        try {
            target = NewImageTarget.resolve(reference, options.overwrite());
        } catch (InvalidPathException e) {
            throw new TargetException(reference, -1, "is not a path: " + e.getReason(), null, e);
        } catch (IOException e) {
            throw IoErrors.creating(reference, e);
        }
        OpenOption[] how = options.writeThrough() ? new OpenOption[] {StandardOpenOption.DSYNC} : new OpenOption[0];
        PartialFile partial = PartialFile.begin(reference, target, writing, how);
        return new NewImageFile(reference, partial, options.overwrite());
    }

    @Override
    public ImageFile open(String reference) throws ImagingException {
        try {
            Path path = Path.of(reference);
            if (Files.notExists(path)) {
                throw missing(reference, path);
            }
            Path file = path.toRealPath();
            if (!Files.isRegularFile(file)) {
                throw new ImageReadException(reference, -1, Files.isDirectory(file)
                        ? "is a directory, not an image" : "is not a regular file", null);
            }
            if (writing.contains(file)) {
                throw new ImageReadException(reference, -1, "is still being written by a running job", null);
            }
            return new ReadOnlyImageFile(reference, FileChannel.open(file, StandardOpenOption.READ));
        } catch (InvalidPathException e) {
            throw new ImageReadException(reference, -1, "is not a path: " + e.getReason(), e);
        } catch (IOException e) {
            throw IoErrors.opening(reference, e);
        }
    }

    private static ImageReadException missing(String reference, Path path) {
        if (Files.exists(PartialFile.beside(path), LinkOption.NOFOLLOW_LINKS)) {
            return new ImageReadException(reference, -1, "there is no such file, but an unfinished image \""
                    + PartialFile.beside(path) + "\": the job that writes it is still running or was stopped", null);
        }
        if (Files.isSymbolicLink(path)) {
            return new ImageReadException(reference, -1, "is a symbolic link to a file that does not exist", null);
        }
        return new ImageReadException(reference, -1, "there is no such file", null);
    }
}
