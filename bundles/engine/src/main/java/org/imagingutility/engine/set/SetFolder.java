package org.imagingutility.engine.set;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/** The folder of a backup set. Files in it are read and written by the image store. For one thread. */
final class SetFolder {
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

    static SetFolder of(Plugins plugins, String name) throws UsageException {
        try {
            SetFolder folder = new SetFolder(plugins, name, Path.of(name));
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
    String reference(String file) {
        return folder.resolve(file).toString();
    }

    /** Says whether the folder is, or will be made, on {@code device}, which is mounted at {@code mountPoint}. */
    boolean isOn(String device, String mountPoint) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        Optional<FileStore> own = store(there);
        return own.isPresent() && (SelfOverwriteCheck.isSame(own.get().name(), device) || own.equals(store(Path.of(mountPoint))));
    }

    private static Optional<FileStore> store(Path path) {
        try {
            return Optional.of(Files.getFileStore(path));
        } catch (IOException e) {
            // what may not be looked at is not where this program writes; a folder that cannot be made is told of then
            return Optional.empty();
        }
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** Says whether an unfinished file of that name is there. */
    boolean hasUnfinished(String file) {
        return Files.exists(folder.resolve(file + UNFINISHED));
    }

    /** Makes the folder, if it is not there. */
    void make() throws TargetException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new TargetException(name, -1, "is no folder", "choose another folder", null);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new TargetException(name, -1, "the folder cannot be made: " + e, "choose another folder", e);
        }
    }

    /** Returns the name of the manifest that is there; empty if the folder holds no complete set. */
    Optional<String> manifest() throws UsageException {
        return formats().stream().map(SetFormat::manifestName).filter(this::has).findFirst();
    }

    /** Reads the manifest. */
    BackupManifest read() throws ImagingException {
        Optional<BackupManifest> manifest = plugins.ask(plugins.setFormats(), name,
                format -> has(format.manifestName()) ? Optional.of(read(format)) : Optional.empty());
        if (manifest.isEmpty()) {
            List<String> names = plugins.setFormats().all().stream().map(SetFormat::manifestName).toList();
            throw new ImageReadException(name, -1, Files.isDirectory(folder) ? "holds no complete backup set: there is no "
                    + String.join(" or ", names) + " (it is written last)" : "there is no such folder", null);
        }
        return manifest.get();
    }

    private BackupManifest read(SetFormat format) throws ImagingException {
        String manifest = reference(format.manifestName());
        try (ImageFile file = plugins.storeFor(manifest).open(manifest)) {
            if (file.length() > SetFormat.MAX_LENGTH) {
                throw new ImageFormatException(manifest, -1, "has " + file.length() + " bytes, a manifest has at most "
                        + SetFormat.MAX_LENGTH, "check that this is the manifest of a backup set");
            }
            ByteBuffer content = ByteBuffer.allocate((int) file.length());
            file.read(0, content);
            return format.read(manifest, content.flip());
        }
    }

    /**
     * Makes the job need the format in which {@link #write} will write the manifest, hours later perhaps: if it is away then,
     * the job waits. Returns the name of the manifest.
     */
    String writable() throws ImagingException {
        return writing(SetFormat::manifestName);
    }

    /** Writes the manifest, at once or not at all; returns its reference. */
    String write(BackupManifest manifest) throws ImagingException {
        return writing(format -> write(format, manifest));
    }

    /** Asks as for another folder than {@link #read} does: a set that is replaced may be of another format. */
    private String writing(Writing step) throws ImagingException {
        return plugins.ask(plugins.setFormats(), "a new set in " + name, format -> Optional.of(step.by(format)))
                .orElseThrow(SetFolder::none);
    }

    private interface Writing {
        String by(SetFormat format) throws ImagingException;
    }

    private String write(SetFormat format, BackupManifest manifest) throws ImagingException {
        String reference = reference(format.manifestName());
        try (ImageFile file = plugins.storeFor(reference).create(reference, new CreateOptions(true, false))) {
            Drafts.filled(file, () -> {
                file.write(0, format.write(manifest));
                return reference;
            });
        }
        return reference;
    }

    /** Takes the manifest away, so that the folder is no complete set any more. */
    void removeManifest() throws ImagingException {
        for (SetFormat format : formats()) {
            remove(format.manifestName());
        }
    }

    /** Removes an unfinished file, if it is there; fails if another job writes it. */
    void discardUnfinished(String file) throws ImagingException {
        if (hasUnfinished(file)) {
            String reference = reference(file);
            try (ImageFile unfinished = plugins.storeFor(reference).create(reference, new CreateOptions(true, false))) {
                unfinished.discard();
            }
        }
    }

    /** Removes a file, if it is there. */
    void remove(String file) throws TargetException {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw new TargetException(reference(file), -1, "cannot be removed: " + e, null, e);
        }
    }
}
