package org.imagingutility.engine.read;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.Plugins;

/**
 * The decoded frames used last, also those that turned out to be damaged, so that nobody decodes them again and again.
 * Buffers are made when they are needed and used again. For one thread at a time.
 */
final class FrameCache implements AutoCloseable {
    /** Bytes of content that are held, but at least one frame. */
    private static final long BUDGET = 32L << 20;
    private static final int MOST = 32;

    private final String image;
    private final ImageReader reader;
    private final FrameDecoder decoder;
    private final int storedSize;
    private final int frameSize;
    private final LinkedHashMap<Long, Decoded> frames = new LinkedHashMap<>(16, 0.75f, true);
    private int limit;
    private ByteBuffer stored;

    /** A decoded frame, or why it cannot be decoded. */
    private record Decoded(ByteBuffer content, Optional<String> problem) {
    }

    FrameCache(Plugins plugins, String image, ImageReader reader, int storedSize) {
        this.image = image;
        this.reader = reader;
        this.decoder = new FrameDecoder(plugins, image);
        this.storedSize = storedSize;
        this.frameSize = reader.info().spec().frameSize();
        this.limit = (int) Math.max(1, Math.min(MOST, BUDGET / frameSize));
    }

    /**
     * Returns a frame's content in a buffer that is not to be changed, and that holds it until the next call.
     *
     * @param wanted byte of device that is being read, for the error
     * @throws DeviceException if the frame is damaged
     */
    ByteBuffer content(StoredFrame task, long wanted) throws ImagingException {
        Long index = task.entry().frame().frameIndex();
        Decoded frame = frames.get(index);
        if (frame == null) {
            ByteBuffer content = room(wanted);
            frame = new Decoded(content, decode(task, content));
            frames.put(index, frame);
        }
        if (frame.problem().isPresent()) {
            throw new DeviceException(image, wanted, "frame " + index + " of the image is damaged: "
                    + frame.problem().get(), null, null);
        }
        return frame.content();
    }

    /** Returns how many frames are held. */
    int held() {
        return frames.size();
    }

    private Optional<String> decode(StoredFrame task, ByteBuffer content) throws ImagingException {
        if (task.storedLength() > storedSize) {
            return Optional.of("is said to be stored as " + task.storedLength() + " bytes; the codec never needs more than "
                    + storedSize);
        }
        stored.clear().limit(task.storedLength());
        try {
            reader.readStored(task.entry(), stored);
        } catch (ImageReadException e) {
            return Optional.of(e.getMessage());
        }
        return decoder.problem(task, stored.flip(), content);
    }

    /** Returns a buffer for another frame: a new one, or that of the frame that was not used for the longest time. */
    private ByteBuffer room(long wanted) throws DeviceException {
        if (frames.size() < limit) {
            try {
                if (stored == null) {
                    stored = ByteBuffer.allocateDirect(storedSize);
                }
                return ByteBuffer.allocateDirect(frameSize);
            } catch (OutOfMemoryError e) {
                if (frames.isEmpty()) {
                    throw new DeviceException(image, wanted, "there is no memory to decode a frame of " + frameSize
                            + " bytes", "give the process more memory", e);
                }
                limit = frames.size();
            }
        }
        Map.Entry<Long, Decoded> oldest = frames.entrySet().iterator().next();
        frames.remove(oldest.getKey());
        return oldest.getValue().content();
    }

    @Override
    public void close() {
        decoder.close();
        frames.clear();
        stored = null;
    }
}
