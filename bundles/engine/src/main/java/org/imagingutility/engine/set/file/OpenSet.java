package org.imagingutility.engine.set.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;

/**
 * A set that is being read. Its manifest is open, and locked against those who would replace the set, as long as this is; each
 * other file is opened when it is first asked for and stays open, so that what was looked at is what is read later, whatever
 * becomes of names. For one thread, but the files may be read by several.
 */
public final class OpenSet implements AutoCloseable {
    private final SetFolder folder;
    private final ImageFile manifestFile;
    private final String manifestName;
    private final Digest digest;
    private final BackupManifest manifest;
    private final Map<String, ImageFile> files = new LinkedHashMap<>();

    private OpenSet(SetFolder folder, ImageFile manifestFile, String manifestName, Digest digest, BackupManifest manifest) {
        this.folder = folder;
        this.manifestFile = manifestFile;
        this.manifestName = manifestName;
        this.digest = digest;
        this.manifest = manifest;
    }

    /** Opens the set that is in {@code folder}. */
    static OpenSet open(Plugins plugins, SetFolder folder) throws ImagingException {
        Optional<OpenSet> set = plugins.ask(plugins.setFormats(), folder.reference(""), format ->
                folder.has(format.manifestName()) ? Optional.of(open(folder, format)) : Optional.empty());
        if (set.isEmpty()) {
            List<String> names = plugins.setFormats().all().stream().map(SetFormat::manifestName).toList();
            throw new ImageReadException(folder.reference(""), -1, folder.exists() ? "holds no complete backup set: there is no "
                    + String.join(" or ", names) + " (it is written last)" : "there is no such folder", null);
        }
        return set.get();
    }

    /**
     * Opens the set and compares its digest.
     *
     * @param expected what the digest of the set must be, if the user said so
     * @throws ImageDamagedException if it is another one
     */
    public static OpenSet open(Plugins plugins, SetFolder folder, Optional<Digest> expected) throws ImagingException {
        OpenSet set = open(plugins, folder);
        if (expected.isPresent() && !expected.get().equals(set.digest)) {
            set.close();
            throw new ImageDamagedException(folder.reference(set.manifestName), -1, "is not the manifest of the set that is"
                    + " expected: the set digest is " + set.digest + ", expected " + expected.get(), null);
        }
        return set;
    }

    private static OpenSet open(SetFolder folder, SetFormat format) throws ImagingException {
        String name = format.manifestName();
        ImageFile file = folder.open(name, true);
        try {
            String reference = file.reference();
            if (file.length() > SetFormat.MAX_LENGTH) {
                throw new ImageFormatException(reference, -1, "has " + file.length() + " bytes, a manifest has at most "
                        + SetFormat.MAX_LENGTH, "check that this is the manifest of a backup set");
            }
            ByteBuffer content = ByteBuffer.allocate((int) file.length());
            file.read(0, content);
            MessageDigest sha256 = CopyBuffers.sha256();
            sha256.update(content.flip().duplicate());
            BackupManifest manifest = format.read(reference, content);
            SetNames.check(reference, name, manifest);
            return new OpenSet(folder, file, name, CopyBuffers.value(sha256), manifest);
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                file.close();
            } catch (ImagingException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    public SetFolder folder() {
        return folder;
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /** Returns the name of the manifest in the folder. */
    public String manifestName() {
        return manifestName;
    }

    /** Returns the SHA-256 of the manifest, which names the digests of all else: that of the set. */
    public Digest digest() {
        return digest;
    }

    /**
     * Returns a file of the set, always the same one. To close it changes nothing.
     *
     * @throws ImageReadException if there is none, or what has its name leads out of the folder
     */
    public ImageFile member(String file) throws ImagingException {
        ImageFile open = files.get(file);
        if (open == null) {
            open = folder.open(file, false);
            files.put(file, open);
        }
        return new BorrowedFile(open);
    }

    @Override
    public void close() throws ImagingException {
        ImagingException first = null;
        files.put(manifestName, manifestFile);
        for (ImageFile file : files.values()) {
            try {
                file.close();
            } catch (ImagingException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        files.clear();
        if (first != null) {
            throw first;
        }
    }
}
