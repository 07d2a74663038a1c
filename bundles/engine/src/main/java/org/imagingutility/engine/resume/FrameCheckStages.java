package org.imagingutility.engine.resume;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.frames.Sha256;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plan.WindowReader;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;

/**
 * Looks at frames of an unfinished image: decodes them, compares them with their digests and with the device. Ends at the
 * first one that does not hold.
 */
final class FrameCheckStages implements Stages<FrameToCheck, FrameCheckStages.FrameCheck> {
    private final Plugins plugins;
    private final String reference;
    private final UnfinishedImage image;
    private final FramesToCheck frames;
    private final Optional<WindowReader> device;
    private final LinearHashes hashes;
    private final ProgressReporter progress;
    private FrameCheck firstFault;
    private long framesChecked;
    private long bytesCompared;

    /**
     * What was found of a frame.
     *
     * @param frame the frame
     * @param damage what does not hold of what is stored, if anything
     * @param compared whether it could be compared with the device
     * @param changed whether the device holds something else
     */
    record FrameCheck(FrameToCheck frame, Optional<String> damage, boolean compared, boolean changed) {
    }

    FrameCheckStages(Plugins plugins, String reference, UnfinishedImage image, FramesToCheck frames,
            Optional<WindowReader> device, LinearHashes hashes, ProgressReporter progress) {
        this.plugins = plugins;
        this.reference = reference;
        this.image = image;
        this.frames = frames;
        this.device = device;
        this.hashes = hashes;
        this.progress = progress;
    }

    /** Returns what was found of the first frame that does not hold. */
    Optional<FrameCheck> firstFault() {
        return Optional.ofNullable(firstFault);
    }

    long framesChecked() {
        return framesChecked;
    }

    long bytesCompared() {
        return bytesCompared;
    }

    @Override
    public FrameToCheck next() throws ImagingException {
        return frames.next();
    }

    @Override
    public void read(Frame<FrameToCheck, FrameCheck> frame) throws ImagingException {
        int storedLength = frame.task().entry().frame().storedLength();
        if (storedLength > frame.stored().capacity()) {
            frame.result(damaged(frame.task(), "it is said to be stored as " + storedLength
                    + " bytes; the codec never needs more than " + frame.stored().capacity()));
            return;
        }
        frame.stored().clear().limit(storedLength);
        image.readStored(frame.task().entry(), frame.stored());
        frame.stored().flip();
    }

    @Override
    public Worker<FrameToCheck, FrameCheck> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, reference);
        Sha256 sha256 = new Sha256();
        return new Worker<>() {
            @Override
            public void work(Frame<FrameToCheck, FrameCheck> frame) throws ImagingException {
                if (frame.result() == null) {
                    frame.result(check(frame.task(), decoder, sha256, frame.stored(), frame.content()));
                }
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }

    private FrameCheck check(FrameToCheck frame, FrameDecoder decoder, Sha256 sha256, ByteBuffer stored, ByteBuffer content)
            throws ImagingException {
        Optional<String> problem = decoder.problem(frame.entry().frame(), frame.chunk().codecWireId(), stored, content);
        if (problem.isPresent()) {
            return damaged(frame, problem.get());
        }
        if (device.isEmpty() || !frame.compare() || frame.entry().frame().unreadable().count() > 0) {
            return new FrameCheck(frame, Optional.empty(), false, false);
        }
        Digest expected = frame.entry().frame().contentDigest();
        boolean readable;
        try {
            readable = device.get().read(frame.task(), content).count() == 0;
        } catch (DeviceException e) {
            readable = false;
        }
        if (!readable) {
            // what the image holds of it is worth the more; the failed read left anything in the buffer
            return new FrameCheck(frame, decoder.problem(frame.entry().frame(), frame.chunk().codecWireId(), stored, content),
                    false, false);
        }
        return new FrameCheck(frame, Optional.empty(), true, !sha256.of(content).equals(expected));
    }

    private static FrameCheck damaged(FrameToCheck frame, String reason) {
        return new FrameCheck(frame, Optional.of(reason), false, false);
    }

    @Override
    public void write(Frame<FrameToCheck, FrameCheck> frame) {
        progress.done(frame.task().entry().frame().contentLength());
        if (firstFault != null) {
            return;
        }
        FrameCheck finding = frame.result();
        if (finding.damage().isPresent() || finding.changed()) {
            firstFault = finding;
            frames.stop();
            return;
        }
        framesChecked++;
        if (finding.compared()) {
            bytesCompared += frame.task().task().usedBytes();
        }
        hashes.add(frame.task().task().offset(), frame.content());
    }

    @Override
    public void abort() {
        device.ifPresent(WindowReader::release);
    }
}
