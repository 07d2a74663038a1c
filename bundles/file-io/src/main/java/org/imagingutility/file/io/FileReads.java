package org.imagingutility.file.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * The reads of an open file or block device: through the cache of the operating system, or past it. {@link #fill} may come from
 * several threads at once.
 */
public final class FileReads implements Closeable {
    private final Source cached;
    /** Closed with the file and not before: closing any channel of a file gives up the locks of all (POSIX). */
    private Optional<MediumReader> medium = Optional.empty();
    private Optional<Source> uncached = Optional.empty();
    private boolean tried;
    private volatile Source source;

    /** Reads by {@code channel}, which stays the caller's to close. */
    public FileReads(FileChannel channel) {
        this.cached = channel::read;
        this.source = cached;
    }

    /** Reads some bytes, at least one, or returns -1 at the end of the file. */
    private interface Source {
        int read(ByteBuffer target, long offset) throws IOException;
    }

    /**
     * Chooses where reads come from. The file is opened once more when that is first asked for.
     *
     * @param bypass whether to read past the cache
     * @param file leads to the open file
     * @return whether reads come from the medium from now on; false where they cannot, also because the file lost its name
     * @throws IOException if the file cannot be opened once more for another reason
     */
    public synchronized boolean bypassCache(boolean bypass, Handle file) throws IOException {
        if (bypass && !tried) {
            tried = true;
            uncached = openMedium(file);
        }
        source = bypass ? uncached.orElse(cached) : cached;
        return source != cached;
    }

    private Optional<Source> openMedium(Handle file) throws IOException {
        try {
            medium = MediumReader.open(file);
            if (medium.isEmpty() || !medium.get().works()) {
                return Optional.empty();
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        MediumReader reader = medium.get();
        return Optional.of(reader::read);
    }

    /**
     * Reads {@code target.remaining()} bytes. Its position says how many were read, also when that fails.
     *
     * @param target any buffer; past the cache an aligned direct one is read into without a copy
     * @param offset first byte, not negative
     * @return whether all were read; false if the file ends before
     * @throws IOException if the operating system refuses
     */
    public boolean fill(ByteBuffer target, long offset) throws IOException {
        Source from = source;
        int begin = target.position();
        while (target.hasRemaining()) {
            if (from.read(target, offset + (target.position() - begin)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Closes what was opened here. */
    @Override
    public synchronized void close() throws IOException {
        tried = true;
        if (medium.isPresent()) {
            medium.get().close();
        }
    }
}
