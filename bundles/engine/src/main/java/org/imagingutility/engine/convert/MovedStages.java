package org.imagingutility.engine.convert;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plan.FrameTask;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.sink.FrameSink;
import org.imagingutility.engine.write.ImageStages;

/**
 * From an image into another one that is divided and compressed alike: frames are moved as they are stored. Each is decoded all the same,
 * which proves it, but not compressed again. A frame that does not fit goes the usual way.
 */
final class MovedStages implements Stages<FrameTask, FrameInfo> {
    private static final int ZSTD = 1;

    private final Plugins plugins;
    private final String image;
    private final ImageReader reader;
    private final ImageFrames frames;
    private final int codecWireId;
    private final ImageStages usual;
    /** Null for an image that has the frames in itself. */
    private final FrameSink sink;
    /** What was read as it is stored, by frame, until a worker takes it over. */
    private final Map<Long, StoredFrame> moved = new ConcurrentHashMap<>();

    /** Creates the stages; {@code usual} are those into {@code file} of a frame that cannot be moved, and read from {@code frames}. */
    MovedStages(Plugins plugins, String image, ImageReader reader, ImageFrames frames, int codecWireId, ImageStages usual, ImageFile file) {
        this.plugins = plugins;
        this.image = image;
        this.reader = reader;
        this.frames = frames;
        this.codecWireId = codecWireId;
        this.usual = usual;
        this.sink = file instanceof FrameSink keeper ? keeper : null;
    }

    @Override
    public FrameTask next() throws ImagingException {
        return usual.next();
    }

    @Override
    public void read(Frame<FrameTask, FrameInfo> frame) throws ImagingException {
        Optional<StoredFrame> whole = frames.whole(frame.task()).filter(one -> one.table().chunk().codecWireId() == codecWireId
                && one.storedLength() <= frame.stored().capacity());
        if (whole.isPresent()) {
            frame.stored().clear().limit(whole.get().storedLength());
            reader.readStored(whole.get().entry(), frame.stored());
            frame.stored().flip();
            if (isOfThisFormat(frame.stored())) {
                moved.put(frame.task().frameIndex(), whole.get());
                return;
            }
            frame.stored().clear();
        }
        usual.read(frame);
    }

    /** An skz image has the zstd checksum in each frame; a repository does not ask for it. What is no frame at all, decoding tells. */
    private boolean isOfThisFormat(ByteBuffer stored) {
        // RFC 8878, section 3.1.1.1.1: Content_Checksum_Flag is bit 2 of the byte behind the magic number
        return codecWireId != ZSTD || sink != null || stored.remaining() <= Integer.BYTES || (stored.get(Integer.BYTES) & 4) != 0;
    }

    @Override
    public Worker<FrameTask, FrameInfo> newWorker() throws ImagingException {
        return new Proving(usual.newWorker());
    }

    @Override
    public long workerMemory() {
        return usual.workerMemory();
    }

    @Override
    public void write(Frame<FrameTask, FrameInfo> frame) throws ImagingException {
        usual.write(frame);
    }

    @Override
    public void abort() {
        usual.abort();
    }

    /** One worker. */
    private final class Proving implements Worker<FrameTask, FrameInfo> {
        private final Worker<FrameTask, FrameInfo> compressing;
        private final FrameDecoder decoder = new FrameDecoder(plugins, image);

        Proving(Worker<FrameTask, FrameInfo> compressing) {
            this.compressing = compressing;
        }

        @Override
        public void work(Frame<FrameTask, FrameInfo> frame) throws ImagingException {
            StoredFrame whole = moved.remove(frame.task().frameIndex());
            if (whole == null) {
                compressing.work(frame);
                return;
            }
            decoder.decode(whole, frame.stored(), frame.content());
            FrameInfo info = whole.entry().frame();
            frame.result(sink == null ? info : kept(info, frame.stored()));
        }

        private FrameInfo kept(FrameInfo info, ByteBuffer stored) throws ImagingException {
            Optional<FrameInfo> found = sink.find(info);
            FrameInfo kept = found.isPresent() ? found.get() : sink.keep(info, stored).frame();
            stored.limit(stored.position());
            return kept;
        }

        @Override
        public void close() {
            decoder.close();
            compressing.close();
        }
    }
}
