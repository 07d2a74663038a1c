package org.imagingutility.engine.read;

import java.util.Optional;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;

/** From the image to whoever takes the content: read, decode, prove; what becomes of it is up to the subclass. */
public abstract class DecodingStages implements Stages<StoredFrame, Boolean> {
    private final Plugins plugins;
    private final String image;
    private final StoredFrames frames;
    private final InFlightTasks<StoredFrame> drawn = new InFlightTasks<>();
    private volatile ImageReader reader;
    private Optional<LinearHashes> whole = Optional.empty();

    /** Creates stages for {@code frames}, which {@code reader} reads from {@code image}. */
    protected DecodingStages(Plugins plugins, String image, ImageReader reader, StoredFrames frames) {
        this.plugins = plugins;
        this.image = image;
        this.reader = reader;
        this.frames = frames;
    }

    @Override
    public StoredFrame next() throws ImagingException {
        StoredFrame again = drawn.resubmit();
        return again != null ? again : drawn.drawn(frames.next());
    }

    /** Goes on with another reader of the same image, from the first frame on that was not written. Between two pipelines. */
    public void reopened(ImageReader again) {
        reader = again;
        frames.reopened(again);
        drawn.restart();
    }

    /** Returns how many frames were written. */
    public long framesDone() {
        return drawn.doneCount();
    }

    /** Has the content of all frames added to {@code hashes}, each once, in order. Before the first frame. */
    public final void hash(LinearHashes hashes) {
        whole = hashes.none() ? Optional.empty() : Optional.of(hashes);
    }

    @Override
    public final void write(Frame<StoredFrame, Boolean> frame) throws ImagingException {
        deliver(frame);
        if (whole.isPresent()) {
            whole.get().add(frame.task().offset(), frame.content().clear().limit(frame.task().contentLength()));
        }
        drawn.done();
    }

    /** Takes the frames in order. One that was not taken to its end is given once more, if the job was interrupted. */
    protected abstract void deliver(Frame<StoredFrame, Boolean> frame) throws ImagingException;

    @Override
    public void read(Frame<StoredFrame, Boolean> frame) throws ImagingException {
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
    public Worker<StoredFrame, Boolean> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, image);
        return new Worker<>() {
            @Override
            public void work(Frame<StoredFrame, Boolean> frame) throws ImagingException {
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
    protected void decoded(Frame<StoredFrame, Boolean> frame) throws ImagingException {
    }
}
