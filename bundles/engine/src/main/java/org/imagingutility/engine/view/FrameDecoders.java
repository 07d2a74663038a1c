package org.imagingutility.engine.view;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameBuffers;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.Plugins;

/** Decoders of one image with a buffer each, lent to one thread at a time; of all images together no more are at work than there are permits. */
final class FrameDecoders implements AutoCloseable {
    private final Plugins plugins;
    private final String image;
    private final Semaphore permits;
    private final ConcurrentLinkedQueue<Decoder> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    FrameDecoders(Plugins plugins, String image, Semaphore permits) {
        this.plugins = plugins;
        this.image = image;
        this.permits = permits;
    }

    private static final class Decoder {
        private final FrameDecoder frames;
        private ByteBuffer stored = ByteBuffer.allocateDirect(0);

        Decoder(FrameDecoder frames) {
            this.frames = frames;
        }
    }

    /**
     * Reads and decodes a frame.
     *
     * @param mostStored most bytes that a frame of the image can be stored as
     * @return what does not hold, if something does not
     * @throws org.imagingutility.api.error.ImageReadException if the stored bytes cannot be read now
     */
    Optional<String> decode(ImageReader reader, StoredFrame frame, int mostStored, ByteBuffer content) throws ImagingException {
        if (frame.storedLength() > mostStored) {
            return Optional.of("it is said to be stored as " + frame.storedLength() + " bytes; the codec never needs more than "
                    + mostStored);
        }
        permits.acquireUninterruptibly();
        try {
            Decoder decoder = idle.poll();
            if (decoder == null) {
                decoder = new Decoder(new FrameDecoder(plugins, image));
            }
            try {
                return decode(decoder, reader, frame, content);
            } finally {
                idle.add(decoder);
                if (closed) {
                    closeIdle();
                }
            }
        } finally {
            permits.release();
        }
    }

    private static Optional<String> decode(Decoder decoder, ImageReader reader, StoredFrame frame, ByteBuffer content)
            throws ImagingException {
        if (decoder.stored.capacity() < frame.storedLength()) {
            // a power of two: so that frames of growing length do not make a new one each time
            decoder.stored = FrameBuffers.aligned(Math.max(frame.storedLength(), Integer.highestOneBit(frame.storedLength()) << 1));
        }
        ByteBuffer stored = decoder.stored.clear().limit(frame.storedLength());
        reader.readStored(frame.entry(), stored);
        return decoder.frames.problem(frame, stored.flip(), content);
    }

    private void closeIdle() {
        for (Decoder decoder = idle.poll(); decoder != null; decoder = idle.poll()) {
            decoder.frames.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
