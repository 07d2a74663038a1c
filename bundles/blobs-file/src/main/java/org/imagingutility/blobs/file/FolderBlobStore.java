package org.imagingutility.blobs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.file.io.Directories;
import org.imagingutility.file.io.RegularFiles;

/** Objects as files below one folder. Used by several threads at once. */
final class FolderBlobStore implements BlobStore {
    /** Several puts are worth having under way: while one is forced, the others are written. */
    private static final BlobTraits TRAITS = new BlobTraits(true, true, true, 4);

    private final String reference;
    private final Path folder;
    private final FolderPut puts;
    private volatile boolean closed;

    FolderBlobStore(String reference, Path folder) {
        this.reference = reference;
        this.folder = folder;
        this.puts = new FolderPut(folder);
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public BlobTraits traits() {
        return TRAITS;
    }

    @Override
    public Optional<BlobInfo> stat(String key) throws BlobException {
        Path file = file(key);
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return object(found) ? Optional.of(info(key, found)) : Optional.empty();
        } catch (NoSuchFileException e) {
            requireFolder(key, e);
            return Optional.empty();
        } catch (IOException e) {
            if (Files.isRegularFile(file.getParent())) {
                // an object stands where a folder would have to
                return Optional.empty();
            }
            throw Failures.of(reference, key, "cannot be looked up: ", e);
        }
    }

    @Override
    public void get(String key, long offset, ByteBuffer target) throws BlobException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        try (FileChannel channel = RegularFiles.open(file(key), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long at = offset;
            while (target.hasRemaining()) {
                int read = channel.read(target, at);
                if (read < 0) {
                    throw new BlobException(reference, key, Reason.FAILED, "ends at byte " + channel.size() + ", "
                            + target.remaining() + " more bytes were expected at byte " + at, null, null);
                }
                at += read;
            }
        } catch (IOException e) {
            throw Failures.of(reference, key, "cannot be read: ", e);
        }
    }

    @Override
    public void putIfAbsent(String key, ByteBuffer content) throws BlobException {
        Path file = file(key);
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("object \"" + key + "\" without a byte");
        }
        try {
            puts.put(file, content.duplicate());
        } catch (IOException e) {
            throw Failures.of(reference, key, "cannot be stored: ", e);
        }
    }

    @Override
    public List<BlobInfo> list(String prefix, String after, int limit) throws BlobException {
        requireOpen();
        BlobKeys.requirePrefix(prefix);
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("limit " + limit);
        }
        try {
            return new FolderList(folder, prefix, after, limit).objects();
        } catch (NoSuchFileException e) {
            requireFolder("", e);
            return List.of();
        } catch (IOException e) {
            throw Failures.of(reference, "", "cannot be listed: ", e);
        }
    }

    @Override
    public void delete(String key) throws BlobException {
        Path file = file(key);
        if (stat(key).isEmpty()) {
            throw Failures.absent(reference, key, null);
        }
        try {
            Files.delete(file);
            Directories.force(file.getParent());
        } catch (IOException e) {
            throw Failures.of(reference, key, "cannot be deleted: ", e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** A folder that is not there has no objects; one that was there and is gone is a share or medium that went away. */
    private void requireFolder(String key, IOException e) throws BlobException {
        if (puts.used() && Files.notExists(folder)) {
            throw new BlobException(reference, key, Reason.TRANSIENT, "the folder is not there any more",
                    "bring the medium or share back that it is on", e);
        }
    }

    private Path file(String key) {
        requireOpen();
        return folder.resolve(BlobKeys.require(key).replace("/", folder.getFileSystem().getSeparator()));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("\"" + reference + "\" is closed");
        }
    }

    /** Says whether a file is an object: what is empty is a name that a put has reserved. */
    static boolean object(BasicFileAttributes file) {
        return file.isRegularFile() && file.size() > 0;
    }

    static BlobInfo info(String key, BasicFileAttributes file) {
        return new BlobInfo(key, file.size(), file.lastModifiedTime().toInstant());
    }
}
