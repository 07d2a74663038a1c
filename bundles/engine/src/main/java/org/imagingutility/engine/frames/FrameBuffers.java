package org.imagingutility.engine.frames;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.plugin.Plugins;

/** The buffers of a job that handles one frame after another; page-aligned direct ones. For one thread. */
public final class FrameBuffers {
    private static final int PAGE_SIZE = 4096;

    private final Plugins plugins;
    private final int frameSize;
    private final ByteBuffer content;
    private final ByteBuffer encoded;
    private ByteBuffer stored = ByteBuffer.allocateDirect(0);

    /** Creates buffers for frames of {@code frameSize} bytes of {@code image}, which the codec of that wire id encodes. */
    public FrameBuffers(Plugins plugins, int frameSize, int codecWireId, String image) throws ImagingException {
        this.plugins = plugins;
        this.frameSize = frameSize;
        this.content = aligned(frameSize);
        this.encoded = aligned(plugins.codecByWireId(codecWireId, "image \"" + image + "\"").maxStoredLength(frameSize));
    }

    /** Returns a new direct buffer of {@code size} bytes that begins at a page border. */
    public static ByteBuffer aligned(int size) {
        // an aligned slice ends at a page border as well, so whole pages are asked for
        int pages = Math.addExact(size, PAGE_SIZE - 1) / PAGE_SIZE;
        return ByteBuffer.allocateDirect(Math.multiplyExact(pages + 1, PAGE_SIZE)).alignedSlice(PAGE_SIZE).slice(0, size);
    }

    /** Returns the content of a frame. */
    public ByteBuffer content() {
        return content;
    }

    /** Returns the stored bytes of a frame that is made. */
    public ByteBuffer encoded() {
        return encoded;
    }

    /** Reads the stored bytes of a frame of an image. */
    public ByteBuffer readStored(ImageReader reader, StoredFrame task, String image) throws ImagingException {
        int most = plugins.codecByWireId(task.table().chunk().codecWireId(), "image \"" + image + "\"").maxStoredLength(frameSize);
        if (task.storedLength() > most) {
            throw new ImageDamagedException(image, task.entry().fileOffset(), "a frame is said to be stored as "
                    + task.storedLength() + " bytes; the codec never needs more than " + most, null);
        }
        if (stored.capacity() < task.storedLength()) {
            stored = aligned(most);
        }
        stored.clear().limit(task.storedLength());
        reader.readStored(task.entry(), stored);
        return stored.flip();
    }
}
