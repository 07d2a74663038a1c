package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.Ownership;
import org.osgi.service.component.annotations.Component;

/** Keeps images in files. A reference is a path; symbolic links are followed. Used by several threads at once. */
@Component
public final class FileImageStore implements ImageStore {
    private static final String NAME = "file";
    /** {@code s3://...}; a single letter is a Windows drive. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);

    private final Claims claims = new Claims();
    private final ReadLocks readLocks = new ReadLocks();

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

    /** {@inheritDoc} Any that could be a path, so that those who know a form of their own are asked first. */
    @Override
    public boolean acceptsAny() {
        return true;
    }

    @Override
    public ImageFile create(String reference, CreateOptions options) throws ImagingException {
        ImagePlace place = ImagePlace.toCreate(reference, options.overwrite());
        return WritableImageFile.of(reference,
                PartialFile.create(reference, place, options.overwrite(), claims, openOptions(options)));
    }

    /**
     * {@inheritDoc}
     * One that was opened under its final name is written where it stands, and keeps that name whatever happens. A
     * {@code .partial} without a byte counts as none. If a job was stopped when its image had both names, the second one is
     * taken away.
     */
    @Override
    public Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
        ImagePlace place = ImagePlace.toReopen(reference);
        return new Reopening(reference, place, options.overwrite(), claims, openOptions(options)).open()
                .map(target -> WritableImageFile.of(reference, target));
    }

    private static Set<OpenOption> openOptions(CreateOptions options) {
        return options.writeThrough() ? Set.of(StandardOpenOption.DSYNC) : Set.of();
    }

    @Override
    public ImageFile open(String reference) throws ImagingException {
        Path file = existing(reference);
        try {
            return ReadOnlyImageFile.open(reference, file);
        } catch (IOException e) {
            throw IoErrors.opening(reference, e);
        }
    }

    /** {@inheritDoc} A link in the folder may lead to a file below it. */
    @Override
    public ImageFile openWithin(String folder, String reference, boolean locked) throws ImagingException {
        ReadOnlyImageFile file = null;
        try {
            Path within = existing(reference, folder);
            synchronized (readLocks) {
                refuseWritten(reference, within);
                file = locked ? readLocks.open(reference, within) : ReadOnlyImageFile.open(reference, within);
            }
            // asked once it is open, because links may change between a look and an opening
            Optional<Path> opened = file.handle().nameNow();
            if (opened.isPresent()) {
                refuseOutside(reference, opened.get(), folder);
            }
            ReadOnlyImageFile result = file;
            file = null;
            return result;
        } catch (IOException e) {
            throw IoErrors.opening(reference, e);
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    private Path existing(String reference, String folder) throws ImagingException, IOException {
        Path file = existing(reference);
        refuseOutside(reference, file, folder);
        return file;
    }

    private static void refuseOutside(String reference, Path file, String folder) throws ImageReadException, IOException {
        if (!file.startsWith(FilePaths.of(folder).toRealPath())) {
            throw new ImageReadException(reference, -1, "leads out of its folder, to \"" + file + "\": a link in the folder of a"
                    + " set may lead to a file in that folder only", null);
        }
    }

    @Override
    public ImageFile openInPlace(String reference) throws ImagingException {
        Path file = existing(reference);
        synchronized (readLocks) {
            try {
                Ownership.requireOwnLink(reference, FilePaths.of(reference));
                if (readLocks.contains(file)) {
                    throw new TargetException(reference, -1, "another job is reading it", "wait for that job", null);
                }
            } catch (IOException e) {
                throw IoErrors.opening(reference, e);
            }
            return WritableImageFile.of(reference, NamedFile.open(reference, new ImagePlace(file, true), claims));
        }
    }

    /** Returns the file, without symbolic links, that stands there and that nobody in this process writes. */
    private Path existing(String reference) throws ImagingException {
        try {
            Path path = FilePaths.of(reference);
            if (Files.notExists(path)) {
                throw missing(reference, path);
            }
            Path file = path.toRealPath();
            if (!Files.isRegularFile(file)) {
                throw new ImageReadException(reference, -1, Files.isDirectory(file)
                        ? "is a directory, not an image" : "is not a regular file", null);
            }
            refuseWritten(reference, file);
            return file;
        } catch (InvalidPathException e) {
            throw new ImageReadException(reference, -1, "is not a path: " + e.getReason(), e);
        } catch (IOException e) {
            throw IoErrors.opening(reference, e);
        }
    }

    private void refuseWritten(String reference, Path file) throws ImageReadException {
        if (claims.contains(file)) {
            throw new ImageReadException(reference, -1, "is still being written by a running job", null);
        }
    }

    private static ImageReadException missing(String reference, Path path) {
        Path partial = ImagePlace.partial(path);
        if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)) {
            return new ImageReadException(reference, -1, "there is no such file, but an unfinished image \"" + partial
                    + "\": the job that writes it is still running, or was stopped and can be resumed (--resume)", null);
        }
        if (Files.isSymbolicLink(path)) {
            return new ImageReadException(reference, -1, "is a symbolic link to a file that does not exist", null);
        }
        return new ImageReadException(reference, -1, "there is no such file", null);
    }
}
