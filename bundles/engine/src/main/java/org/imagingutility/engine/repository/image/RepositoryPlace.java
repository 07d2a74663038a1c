package org.imagingutility.engine.repository.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.engine.repository.layout.Configuration;
import org.imagingutility.engine.repository.layout.ObjectNames;

/** A place as that of a repository: whether there is one, what it says of itself, and a new one. */
public final class RepositoryPlace {
    private static final int ID_BYTES = 16;

    private RepositoryPlace() {
    }

    /** Says whether there is a repository in {@code store}, of whatever version. */
    static boolean isAt(BlobStore store) throws ImagingException {
        return new RetriedBlobs(store, Thread::sleep).stat(ObjectNames.CONFIGURATION).isPresent();
    }

    /**
     * Makes a repository in a place without objects.
     *
     * @throws UsageException if there is one, or something else
     */
    public static Configuration create(BlobStoreProvider provider, String reference) throws ImagingException {
        Configuration made = Configuration.of(RandomNames.hex(ID_BYTES), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        try (BlobStore store = provider.open(reference)) {
            RetriedBlobs blobs = new RetriedBlobs(store, Thread::sleep);
            List<BlobInfo> there = blobs.list("", "", 1);
            boolean taken = blobs.stat(ObjectNames.CONFIGURATION).isPresent();
            if (taken || !there.isEmpty()) {
                throw new UsageException("\"" + reference + "\" " + (taken ? "is a repository already" : "holds other objects (\""
                        + there.get(0).key() + "\")"), "choose an empty place");
            }
            if (!blobs.putIfAbsent(ObjectNames.CONFIGURATION, ByteBuffer.wrap(made.encode()))) {
                // somebody else was quicker, or the answer to this put was lost
                Configuration found = configuration(blobs);
                if (!found.id().equals(made.id())) {
                    throw new UsageException("\"" + reference + "\" was made a repository by somebody else just now", "use it");
                }
            }
        }
        return made;
    }

    /** Reads the configuration, which must be one that this program knows. */
    static Configuration configuration(RetriedBlobs blobs) throws ImagingException {
        Optional<BlobInfo> found = blobs.stat(ObjectNames.CONFIGURATION);
        if (found.isEmpty()) {
            throw new UsageException("\"" + blobs.reference() + "\" is no repository", "make one: imaging repository init");
        }
        String subject = blobs.reference();
        if (found.get().length() > Configuration.MAX_BYTES) {
            throw new ImageDamagedException(subject, -1, "its " + ObjectNames.CONFIGURATION + " has " + found.get().length() + " bytes", null);
        }
        byte[] bytes = new byte[(int) found.get().length()];
        blobs.get(ObjectNames.CONFIGURATION, ByteBuffer.wrap(bytes));
        Configuration read;
        try {
            read = Configuration.decode(bytes);
        } catch (IOException e) {
            throw new ImageDamagedException(subject, -1, "its " + ObjectNames.CONFIGURATION + " cannot be read: " + e.getMessage(), null);
        }
        boolean known = read.version() == Configuration.VERSION && read.requires().isEmpty() && read.digest().equals(Configuration.SHA256)
                && read.codec().equals(Configuration.ZSTD);
        if (!known) {
            throw new ImageFormatException(subject, -1, "the repository is of version " + read.version() + " with digest " + read.digest()
                    + ", codec " + read.codec() + " and requires " + read.requires() + "; this program knows version 1 with sha256 and zstd",
                    "use a newer version of this program");
        }
        return read;
    }
}
