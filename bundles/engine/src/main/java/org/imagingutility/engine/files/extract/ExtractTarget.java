package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.engine.files.target.Staging;
import org.imagingutility.engine.files.target.linux.LinuxStaging;
import org.imagingutility.engine.files.target.paths.PathStaging;

/** The folder that files are written into, and what is decided for all of them. For one thread. */
final class ExtractTarget implements AutoCloseable {
    private final ExtractRequest request;
    private final Staging staging;
    private final ExtractLog log;
    private final FileFacts facts;
    private final NameRule rule;
    private final String volume;
    private final boolean made;
    private final boolean empty;
    private final Optional<SourcePlace> source;

    private ExtractTarget(ExtractRequest request, Staging staging, ExtractLog log, FileSystemInfo volume, boolean made, boolean empty,
            Optional<SourcePlace> source) {
        this.request = request;
        this.staging = staging;
        this.log = log;
        this.facts = new FileFacts(request.owners().orElse(staging.traits().ownersKept()), staging.traits());
        this.rule = new NameRule(staging.traits().names());
        this.volume = String.format("%08x-", Objects.hash(request.volume().source(), volume.serial(), volume.label(), volume.clusterCount()));
        this.made = made;
        this.empty = empty;
        this.source = source;
    }

    /**
     * Opens the folder of a request, which is made if it is not there.
     *
     * @throws TargetException if it has something in it and is not to be merged with, or cannot be written to
     */
    static ExtractTarget open(ExtractRequest request, ExtractLog log, FileSystemInfo volume) throws ImagingException {
        try {
            Path folder = FilePaths.of(request.folder()).toAbsolutePath();
            boolean made = !Files.isDirectory(folder);
            if (made) {
                Files.createDirectory(folder);
            }
            boolean empty = made || isEmpty(request, folder);
            Optional<SourcePlace> source = SourcePlace.of(request.volume().source(), folder);
            Staging staging = LinuxStaging.isPossible() ? LinuxStaging.open(folder) : PathStaging.open(folder);
            return new ExtractTarget(request, staging, log, volume, made, empty, source);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + request.folder() + "\" can be no path: " + e.getReason(), null);
        } catch (IOException e) {
            throw TargetErrors.of(request.folder(), e);
        }
    }

    private static boolean isEmpty(ExtractRequest request, Path folder) throws IOException, TargetException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            if (!all.iterator().hasNext()) {
                return true;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (!request.merge()) {
            boolean begun = Files.isDirectory(folder.resolve(Staging.NAME));
            throw new TargetException(request.folder(), -1, begun ? "an extraction into it was interrupted" : "is there and not empty",
                    begun ? "--merge goes on with it: what is complete is not written again"
                            : "name another folder, or add to this one with --merge", null);
        }
        return false;
    }

    ExtractRequest request() {
        return request;
    }

    Staging staging() {
        return staging;
    }

    ExtractLog log() {
        return log;
    }

    FileFacts facts() {
        return facts;
    }

    String path() {
        return request.folder();
    }

    /** Says whether what is read, or a part of it, has that path in the folder. */
    boolean isSource(String path) {
        return source.isPresent() && source.get().isAt(path, staging.traits().caseSensitive());
    }

    /** Says whether the folder was not there. */
    boolean isMade() {
        return made;
    }

    /** Says whether nothing was in the folder. */
    boolean isNew() {
        return empty;
    }

    /** Returns the names of a folder in which there are none yet. */
    FolderNames names(boolean isNew) {
        return new FolderNames(rule, staging.traits().caseSensitive(), isNew);
    }

    /** Returns the name that something gets in the folder of a level; that it is another one is told. */
    FolderNames.Place place(Level level, String path, DirectoryEntry entry) throws IOException {
        FileName name = entry.name();
        boolean bytes = FileName.utf8(name.bytes()).text().equals(name.text());
        return place(level, path, name.text(), bytes, entry.node().id());
    }

    FolderNames.Place place(Level level, String path, String name, boolean bytes, long id) throws IOException {
        FolderNames.Place place = level.names.place(level.folder, rule.of(name, bytes), id);
        if (!place.name().equals(name)) {
            log.changed(path, place.name());
        }
        return place;
    }

    /** Returns what a file of several names is kept as meanwhile: no file of another volume is taken for it. */
    String keptName(FileNode file) {
        return volume + Long.toHexString(file.id());
    }

    /** Tells that something cannot be made; fails if nothing more can be made at all. */
    void failed(String path, IOException error) throws TargetException {
        if (staging.endsAll(error)) {
            throw TargetErrors.of(request.folder(), error);
        }
        log.notMade(path, error);
    }

    /** Takes away what only an unfinished extraction needs. */
    void finish() throws TargetException {
        try {
            staging.remove();
        } catch (IOException e) {
            throw TargetErrors.of(request.folder(), e);
        }
    }

    @Override
    public void close() throws TargetException {
        try {
            staging.close();
        } catch (IOException e) {
            throw TargetErrors.of(request.folder(), e);
        }
    }
}
