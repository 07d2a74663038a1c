package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.imagingutility.api.error.ImageReadException;

/** Reads that give all bytes or an error with the place. */
final class ChannelReads {
    private ChannelReads() {
    }

    static long length(String reference, FileChannel channel) throws ImageReadException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failed(reference, -1, e);
        }
    }

    static void read(String reference, FileChannel channel, long offset, ByteBuffer target) throws ImageReadException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        int begin = target.position();
        while (target.hasRemaining()) {
            long at = offset + (target.position() - begin);
            int count;
            try {
                count = channel.read(target, at);
            } catch (IOException e) {
                throw failed(reference, at, e);
            }
            if (count < 0) {
                throw new ImageReadException(reference, at, "the file ends here, " + target.remaining()
                        + " more bytes were expected: it was cut", null);
            }
        }
    }

    private static ImageReadException failed(String reference, long offset, IOException e) {
        if (e instanceof ClosedChannelException && !(e instanceof ClosedByInterruptException)) {
            return new ImageReadException(reference, offset, "the file is closed", e);
        }
        return IoErrors.reading(reference, offset, e);
    }
}
