package org.imagingutility.engine.files.target.paths;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.Staging;
import org.imagingutility.engine.files.target.StagedFile;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetFolder;
import org.imagingutility.engine.files.target.TargetTraits;

/** The staging folder by its path. */
public final class PathStaging implements Staging {
    private static final boolean ON_WINDOWS = File.separatorChar == '\\';
    private static final String KEPT = "file-";
    /** One cluster of the largest that are usual, in bytes. */
    private static final long LEAST_ROOM = 1 << 16;
    /** Words of Linux and Windows for errors that what follows would meet as well. */
    private static final List<String> LASTING = List.of("no space left", "not enough space", "disk full", "disk quota", "read-only file system",
            "input/output error", "write protected", "transport endpoint", "stale file handle");

    private final PathFolder root;
    private final Path path;
    private final PathFolder staging;
    private final TargetTraits traits;
    private long made;

    private PathStaging(PathFolder root, Path path, TargetTraits traits) {
        this.root = root;
        this.path = path;
        this.staging = new PathFolder(path);
        this.traits = traits;
    }

    /** Opens a folder that is there, and makes the staging folder in it, if that is not there. */
    public static PathStaging open(Path folder) throws IOException {
        PathFolder root = new PathFolder(folder.toRealPath());
        Path path = root.resolve(NAME);
        if (root.standing(NAME).isEmpty()) {
            root.create(NAME);
        } else {
            root.open(NAME).close();
            clear(path, KEPT);
        }
        Path probe = Files.createFile(path.resolve("case"));
        boolean sensitive = Files.notExists(path.resolve("CASE"));
        boolean hardLinks = canLink(probe, path.resolve("link"));
        Files.setLastModifiedTime(probe, FileTime.from(TargetTraits.FINE));
        Duration timeError = TargetTraits.timeError(Files.getLastModifiedTime(probe).toInstant());
        Files.delete(probe);
        boolean posix = Files.getFileStore(path).supportsFileAttributeView("posix");
        return new PathStaging(root, path, new TargetTraits(ON_WINDOWS ? TargetTraits.Names.WINDOWS : TargetTraits.Names.UTF8, sensitive,
                posix, Files.getFileStore(path).supportsFileAttributeView("user") && !ON_WINDOWS, false, hardLinks,
                timeError));
    }

    private static boolean canLink(Path file, Path link) {
        try {
            Files.delete(Files.createLink(link, file));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            System.getLogger(PathStaging.class.getName()).log(System.Logger.Level.DEBUG, "no hard links", e);
            return false;
        }
    }

    private static void clear(Path folder, String except) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                if (except == null || !each.getFileName().toString().startsWith(except)) {
                    Files.delete(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public TargetTraits traits() {
        return traits;
    }

    @Override
    public TargetFolder root() {
        return root;
    }

    private Path next() {
        return path.resolve(Long.toString(++made));
    }

    @Override
    public StagedFile file(Attributes attributes) throws IOException {
        Path file = next();
        return new PathStagedFile(file, attributes, new RandomAccessFile(file.toFile(), "rw"));
    }

    @Override
    public StagedFile link(String target, Attributes attributes) throws IOException {
        try {
            return new PathStagedFile(Files.createSymbolicLink(next(), Path.of(target)), attributes, null);
        } catch (InvalidPathException | UnsupportedOperationException e) {
            throw new IOException("the system has no link to that", e);
        }
    }

    @Override
    public StagedFile special(FileDetails details, Attributes attributes) {
        throw new UnsupportedOperationException("a " + details.kind() + " cannot be made here");
    }

    @Override
    public void keep(TargetFolder folder, String name, String id) throws IOException {
        if (kept(id).isEmpty()) {
            Files.createLink(path.resolve(KEPT + id), ((PathFolder) folder).resolve(name));
        }
    }

    @Override
    public Optional<Standing> kept(String id) throws IOException {
        return staging.standing(KEPT + id);
    }

    @Override
    public void name(String id, TargetFolder folder, String name) throws IOException {
        Path next = Files.createLink(next(), path.resolve(KEPT + id));
        Files.move(next, ((PathFolder) folder).resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Java has words only, in the language of the system: where they are not known here, what room there is tells. */
    @Override
    public boolean endsAll(IOException error) {
        String words = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return LASTING.stream().anyMatch(words::contains) || isFull();
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(path).getUsableSpace() < LEAST_ROOM;
        } catch (IOException e) {
            System.getLogger(PathStaging.class.getName()).log(System.Logger.Level.DEBUG, "the folder is gone", e);
            return true;
        }
    }

    @Override
    public void remove() throws IOException {
        clear(path, null);
        Files.delete(path);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
