package org.imagingutility.engine.job;

import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;

/** From the image to whoever takes the content: read, decode, prove; what becomes of it is up to the subclass. */
abstract class DecodingStages implements Stages<StoredTask, Boolean> {
    private final Plugins plugins;
    private final String image;
    private final ImageReader reader;
    private final StoredFrames frames;

    DecodingStages(Plugins plugins, String image, ImageReader reader, StoredFrames frames) {
        this.plugins = plugins;
        this.image = image;
        this.reader = reader;
        this.frames = frames;
    }

    @Override
    public StoredTask next() throws ImagingException {
        return frames.next();
    }

    @Override
    public void read(Frame<StoredTask, Boolean> frame) throws ImagingException {
        int storedLength = frame.task().storedLength();
        if (storedLength > frame.stored().capacity()) {
            throw new ImageDamagedException(image, frame.task().entry().fileOffset(), "a frame is said to be stored as "
                    + storedLength + " bytes; the codec never needs more than " + frame.stored().capacity(), null);
        }
        frame.stored().clear().limit(storedLength);
        reader.readStored(frame.task().entry(), frame.stored());
        frame.stored().flip();
    }

    @Override
    public Worker<StoredTask, Boolean> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, image);
        return new Worker<>() {
            @Override
            public void work(Frame<StoredTask, Boolean> frame) throws ImagingException {
                decoder.decode(frame.task(), frame.stored(), frame.content());
                decoded(frame);
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }

    /** Takes a decoded frame in the thread of its worker, in no order. */
    void decoded(Frame<StoredTask, Boolean> frame) throws ImagingException {
    }
}
