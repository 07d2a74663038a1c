package org.imagingutility.device.file.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.MediumReader;

/**
 * The reads of a target: all bytes or an error with the place, through the page cache or past it. {@link #read} may come
 * from several threads at once.
 */
final class TargetReads implements Closeable {
    private final DeviceInfo info;
    private final Handle target;
    private final Source cached;
    /** Closed with the target and not before: closing any channel of a file gives up the locks of all (POSIX). */
    private Optional<MediumReader> medium = Optional.empty();
    private Optional<Source> uncached = Optional.empty();
    private boolean tried;
    private volatile Source source;

    /** {@code target} leads to the open target. */
    TargetReads(DeviceInfo info, FileChannel channel, Handle target) {
        this.info = info;
        this.target = target;
        this.cached = channel::read;
        this.source = cached;
    }

    /** Reads some bytes, at least one, or returns -1 at the end. */
    private interface Source {
        int read(ByteBuffer target, long offset) throws IOException;
    }

    /** Chooses where reads come from; returns whether they come from the medium from now on. */
    synchronized boolean bypassCache(boolean bypass) throws DeviceException {
        if (bypass && !tried) {
            tried = true;
            try {
                uncached = openMedium();
            } catch (IOException e) {
                throw IoErrors.reading(info.reference(), -1, e);
            }
        }
        source = bypass ? uncached.orElse(cached) : cached;
        return source != cached;
    }

    private Optional<Source> openMedium() throws IOException {
        try {
            medium = MediumReader.open(target);
            if (medium.isEmpty() || !medium.get().works()) {
                return Optional.empty();
            }
        } catch (NoSuchFileException e) {
            // the target lost its name
            return Optional.empty();
        }
        MediumReader reader = medium.get();
        return Optional.of(reader::read);
    }

    void read(long offset, ByteBuffer target) throws DeviceException {
        Source from = source;
        int begin = target.position();
        while (target.hasRemaining()) {
            long at = offset + (target.position() - begin);
            int count;
            try {
                count = from.read(target, at);
            } catch (IOException e) {
                throw IoErrors.reading(info.reference(), at, e);
            }
            if (count < 0) {
                throw new DeviceException(info.reference(), at, "the target ends here, " + info.length()
                        + " bytes were expected: it shrank or was cut while it was being written", null, null);
            }
        }
    }

    /** Closes what was opened here; the channel of the target is another's. */
    @Override
    public synchronized void close() throws IOException {
        tried = true;
        if (medium.isPresent()) {
            medium.get().close();
        }
    }
}
