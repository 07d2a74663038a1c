package org.imagingutility.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.MediumReader;

/**
 * The reads of an open image: all bytes or an error with the place, through the page cache or past it. {@link #read} may
 * come from several threads at once.
 */
final class Reads implements Closeable {
    private final String reference;
    private final FileChannel channel;
    private final Source cached;
    /** Closed with the image and not before: closing any channel of a file gives up the locks of all (POSIX). */
    private Optional<MediumReader> medium = Optional.empty();
    private Optional<Source> uncached = Optional.empty();
    private boolean tried;
    private volatile Source source;

    Reads(String reference, FileChannel channel) {
        this.reference = reference;
        this.channel = channel;
        this.cached = channel::read;
        this.source = cached;
    }

    /** Reads some bytes, at least one, or returns -1 at the end of the file. */
    private interface Source {
        int read(ByteBuffer target, long offset) throws IOException;
    }

    /**
     * Chooses where reads come from.
     *
     * @param file leads to the open file
     * @return whether they come from the medium from now on
     */
    synchronized boolean bypassCache(boolean bypass, Handle file) throws ImageReadException {
        if (bypass && !tried) {
            tried = true;
            try {
                uncached = openMedium(file);
            } catch (IOException e) {
                throw failed(-1, e);
            }
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
            // the file lost its name
            return Optional.empty();
        }
        MediumReader reader = medium.get();
        return Optional.of(reader::read);
    }

    long length() throws ImageReadException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failed(-1, e);
        }
    }

    void read(long offset, ByteBuffer target) throws ImageReadException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        Source from = source;
        int begin = target.position();
        while (target.hasRemaining()) {
            long at = offset + (target.position() - begin);
            int count;
            try {
                count = from.read(target, at);
            } catch (IOException e) {
                throw failed(at, e);
            }
            if (count < 0) {
                throw new ImageReadException(reference, at, "the file ends here, " + target.remaining()
                        + " more bytes were expected: it was cut", null);
            }
        }
    }

    private ImageReadException failed(long offset, IOException e) {
        if (e instanceof ClosedChannelException && !(e instanceof ClosedByInterruptException)) {
            return new ImageReadException(reference, offset, "the file is closed", e);
        }
        return IoErrors.reading(reference, offset, e);
    }

    /** Closes what was opened here; the channel of the image is another's. */
    @Override
    public synchronized void close() throws IOException {
        tried = true;
        if (medium.isPresent()) {
            medium.get().close();
        }
    }
}
