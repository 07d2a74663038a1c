package org.imagingutility.engine.set.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/** The folder of a backup set. Files in it are read and written by the image store. For one thread. */
public final class SetFolder {
    /** What the store of files adds to the name of a file that is not finished. */
    private static final String UNFINISHED = ".partial";

    private final Plugins plugins;
    private final String name;
    private final Path folder;

    private SetFolder(Plugins plugins, String name, Path folder) {
        this.plugins = plugins;
        this.name = name;
        this.folder = folder;
    }

    public static SetFolder of(Plugins plugins, String name) throws UsageException {
        try {
            SetFolder folder = new SetFolder(plugins, name, FilePaths.of(name));
            folder.formats();
            return folder;
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + name + "\" is no folder: " + e.getReason(), null);
        }
    }

    private List<SetFormat> formats() throws UsageException {
        List<SetFormat> formats = plugins.setFormats().all();
        if (formats.isEmpty()) {
            throw none();
        }
        return formats;
    }

    private static UsageException none() {
        return new UsageException("no plug-in that reads and writes manifests of backup sets is installed",
                "install the bundle org.imagingutility.disk");
    }

    /** Returns the reference of a file in the folder. */
    public String reference(String file) {
        return folder.resolve(file).toString();
    }

    /** Says whether the folder is, or will be made, on {@code device}, which is mounted at {@code mountPoint}. */
    public boolean isOn(String device, String mountPoint) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        Optional<FileStore> own = store(there);
        return own.isPresent() && (SelfOverwriteCheck.isSame(own.get().name(), device) || own.equals(mounted(mountPoint)));
    }

    private static Optional<FileStore> mounted(String mountPoint) {
        try {
            return store(Path.of(mountPoint));
        } catch (InvalidPathException e) {
            // a name that this locale has no characters for: no folder that a user can name lies there either
            return Optional.empty();
        }
    }

    private static Optional<FileStore> store(Path path) {
        try {
            return Optional.of(Files.getFileStore(path));
        } catch (IOException e) {
            // what may not be looked at is not where this program writes; a folder that cannot be made is told of then
            return Optional.empty();
        }
    }

    /** Says whether something has that name, be it a link that leads nowhere. */
    public boolean has(String file) {
        return Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }

    /** Says whether what has that name is a link: to write to it could change a file outside of the folder. */
    public boolean isLink(String file) {
        return Files.isSymbolicLink(folder.resolve(file));
    }

    /** Says whether an unfinished file of that name is there. */
    public boolean hasUnfinished(String file) {
        return has(file + UNFINISHED);
    }

    /** Makes the folder, if it is not there. */
    public void make() throws TargetException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new TargetException(name, -1, "is no folder", "choose another folder", null);
        }
        try {
            Files.createDirectories(folder, FileRights.asked().ofFolder(folder));
        } catch (IOException e) {
            throw new TargetException(name, -1, "the folder cannot be made: " + e, "choose another folder", e);
        }
    }

    /** Returns the name of the manifest that is there; empty if the folder holds no complete set. */
    public Optional<String> manifest() throws UsageException {
        return formats().stream().map(SetFormat::manifestName).filter(this::has).findFirst();
    }

    /**
     * A manifest that was read.
     *
     * @param digest SHA-256 of its file
     */
    public record Known(BackupManifest manifest, Digest digest) {
    }

    /** Reads the manifest. */
    public Known read() throws ImagingException {
        try (OpenSet set = OpenSet.open(plugins, this)) {
            return new Known(set.manifest(), set.digest());
        }
    }

    /**
     * Opens a file in the folder, and never one outside of it, for reading.
     *
     * @param locked whether nobody is to change or replace it until it is closed
     */
    public ImageFile open(String file, boolean locked) throws ImagingException {
        String reference = reference(file);
        return plugins.storeFor(reference).openWithin(folder.toString(), reference, locked);
    }

    /** Says whether there is such a folder. */
    boolean exists() {
        return Files.isDirectory(folder);
    }

    /**
     * Makes the job need the format in which {@link #write} will write the manifest, hours later perhaps: if it is away then,
     * the job waits. Returns the name of the manifest.
     */
    public String writable() throws ImagingException {
        return writing(SetFormat::manifestName);
    }

    /**
     * A manifest that was written.
     *
     * @param reference reference of its file
     * @param digest SHA-256 of its file
     */
    public record Written(String reference, Digest digest) {
    }

    /** Writes the manifest, at once or not at all. */
    public Written write(BackupManifest manifest) throws ImagingException {
        return writing(format -> write(format, manifest));
    }

    /** Asks as for another folder than {@link #read} does: a set that is replaced may be of another format. */
    private <T> T writing(Writing<T> step) throws ImagingException {
        return plugins.ask(plugins.setFormats(), "a new set in " + name, format -> Optional.of(step.by(format)))
                .orElseThrow(SetFolder::none);
    }

    private interface Writing<T> {
        T by(SetFormat format) throws ImagingException;
    }

    private Written write(SetFormat format, BackupManifest manifest) throws ImagingException {
        String reference = reference(format.manifestName());
        ByteBuffer content = format.write(manifest);
        MessageDigest sha256 = CopyBuffers.sha256();
        sha256.update(content.duplicate());
        try (ImageFile file = plugins.storeFor(reference).create(reference, new CreateOptions(true, false))) {
            AtomicFiles.filled(file, () -> {
                file.write(0, content);
                return reference;
            });
        }
        return new Written(reference, CopyBuffers.value(sha256));
    }

    /**
     * Takes the manifest away, so that the folder is no complete set any more.
     *
     * @throws TargetException if a job is reading the set
     */
    public void removeManifest() throws ImagingException {
        for (SetFormat format : formats()) {
            String manifest = format.manifestName();
            if (isLink(manifest)) {
                remove(manifest);
            } else if (has(manifest)) {
                removeUnread(manifest);
            }
        }
    }

    private void removeUnread(String manifest) throws ImagingException {
        String reference = reference(manifest);
        ImageFile own;
        try {
            own = plugins.storeFor(reference).openInPlace(reference);
        } catch (TargetException e) {
            throw new TargetException(name, -1, "the set in it cannot be replaced now: " + e.getMessage(),
                    "wait until no job reads or writes it", e);
        }
        try (own) {
            remove(manifest);
        }
    }

    /** Removes an unfinished file, if it is there; fails if another job writes it. */
    public void discardUnfinished(String file) throws ImagingException {
        if (hasUnfinished(file)) {
            String reference = reference(file);
            try (ImageFile unfinished = plugins.storeFor(reference).create(reference, new CreateOptions(true, false))) {
                unfinished.discard();
            }
        }
    }

    /** Removes a file, if it is there. */
    public void remove(String file) throws TargetException {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw new TargetException(reference(file), -1, "cannot be removed: " + e, null, e);
        }
    }
}
