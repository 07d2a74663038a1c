package org.imagingutility.snapshot.reflink;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.osgi.service.component.annotations.Component;

/**
 * Freezes raw image files by cloning them: {@code NAME.snapshot-…} beside the file, which shares its blocks and lasts until it is
 * released. Linux only. Clones that processes of this machine left behind when they were killed are removed when the same
 * file is frozen again. Used by several threads at once.
 */
@Component(service = SnapshotProvider.class)
public final class ReflinkSnapshots implements SnapshotProvider {
    private static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));
    private static final String ALTERNATIVE = "have the file on btrfs or XFS, or see to it that nothing writes to it and leave"
            + " out --snapshot";

    /** Creates the provider. */
    public ReflinkSnapshots() {
    }

    @Override
    public String name() {
        return "reflink";
    }

    /** {@inheritDoc} It takes plain files, on whatever file system: whether that can share blocks is found out by trying. */
    @Override
    public boolean accepts(String reference) {
        return LINUX && path(reference).filter(Files::isRegularFile).isPresent();
    }

    /** {@inheritDoc} Any plain file, so that those who know a form of their own are asked first. */
    @Override
    public boolean acceptsAny() {
        return true;
    }

    @Override
    public Snapshot freeze(List<String> references) throws SnapshotException {
        String reference = references.get(0);
        if (references.size() > 1) {
            throw new SnapshotException(reference, "files are cloned one by one, so not at one moment with \"" + references.get(1)
                    + "\"", "if they may show different moments, add --snapshot-separately", null);
        }
        Path given = path(reference).filter(Files::isRegularFile).orElseThrow(() -> new SnapshotException(reference,
                "there is no such file", "check the spelling", null));
        try {
            // a clone lies where the file is, not where a link to it is
            Path file = given.toRealPath();
            if (!Path.of(file.toString()).equals(file)) {
                throw new SnapshotException(reference, "its name has bytes that are no characters in the character set of the locale,"
                        + " so it cannot be named to cp", "give the file another name", null);
            }
            removeOrphans(file);
            Path clone = claimed(file);
            CloneCommand.run(reference, file, clone, ALTERNATIVE);
            return FileSnapshot.of(reference, clone);
        } catch (IOException e) {
            throw new SnapshotException(reference, e.toString(), ALTERNATIVE, e);
        }
    }

    /** Returns an empty file that nobody else will take for a clone. */
    private static Path claimed(Path file) throws IOException {
        for (int number = 1;; number++) {
            try {
                Path clone = CloneName.ofThisProcess(file, number).path();
                // private whatever the user asked for: cp keeps the rights of a file that is there
                return Files.createFile(clone, FileRights.PRIVATE.ofFile(clone));
            } catch (FileAlreadyExistsException e) {
                // another job has that one
            }
        }
    }

    private static void removeOrphans(Path file) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(file.getParent())) {
            for (Path other : folder) {
                Optional<CloneName> name = CloneName.of(other);
                if (name.isPresent() && name.get().file().equals(file) && name.get().isOrphan()) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    @Override
    public Snapshot reopen(String id) throws SnapshotException {
        Path clone = path(id).filter(Files::isRegularFile).filter(path -> CloneName.of(path).isPresent())
                .orElseThrow(() -> new SnapshotException(id, "there is no such snapshot any more", null, null));
        try {
            return FileSnapshot.of(CloneName.of(clone).get().file().toString(), clone);
        } catch (IOException e) {
            throw new SnapshotException(id, e.toString(), null, e);
        }
    }

    private static Optional<Path> path(String reference) {
        try {
            return Optional.of(Path.of(reference));
        } catch (InvalidPathException e) {
            // a name that no file can have is that of another kind of device
            return Optional.empty();
        }
    }
}
