package org.imagingutility.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.file.io.FileReads;
import org.imagingutility.file.io.Handle;

/** The reads of an open image: all bytes or an error with the place. {@link #read} may come from several threads at once. */
final class Reads implements Closeable {
    private final String reference;
    private final FileChannel channel;
    private final FileReads reads;

    Reads(String reference, FileChannel channel) {
        this.reference = reference;
        this.channel = channel;
        this.reads = new FileReads(channel);
    }

    /**
     * Chooses where reads come from.
     *
     * @param file leads to the open file
     * @return whether they come from the medium from now on
     */
    boolean bypassCache(boolean bypass, Handle file) throws ImageReadException {
        try {
            return reads.bypassCache(bypass, file);
        } catch (IOException e) {
            throw failed(-1, e);
        }
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
        int begin = target.position();
        boolean whole;
        try {
            whole = reads.fill(target, offset);
        } catch (IOException e) {
            throw failed(offset + (target.position() - begin), e);
        }
        if (!whole) {
            throw new ImageReadException(reference, offset + (target.position() - begin), "the file ends here, " + target.remaining()
                    + " more bytes were expected: it was cut", null);
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
    public void close() throws IOException {
        reads.close();
    }
}
