package org.imagingutility.engine.repair;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.Sha256;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;

/** Looks at frames of a damaged image and makes those that a new one needs in their place. For one thread. */
final class RepairWorker implements Stages.Worker<RepairTask, RepairStages.Outcome> {
    private static final int ZEROS = 64 << 10;

    private final FrameDecoder decoder;
    private final FrameCompressor compressor;
    private final int codecWireId;
    private final Sha256 sha256 = new Sha256();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    private FrameInfo zeroFrame;
    private ByteBuffer zeroStored;

    /** Creates the worker of one thread. */
    @FunctionalInterface
    interface Factory {
        RepairWorker create() throws ImagingException;
    }

    /** Creates one; {@code compressor} is null if nothing is written, and is closed with it. */
    private RepairWorker(FrameDecoder decoder, FrameCompressor compressor, int codecWireId) {
        this.decoder = decoder;
        this.compressor = compressor;
        this.codecWireId = codecWireId;
    }

    /** Returns one that only looks at frames of {@code image}. */
    static RepairWorker reading(Plugins plugins, String image) {
        return new RepairWorker(new FrameDecoder(plugins, image), null, 0);
    }

    /** Returns one that makes frames of an image with {@code spec} as well. */
    static RepairWorker writing(Plugins plugins, String image, ImageSpec spec, Codec codec) throws ImagingException {
        boolean known = spec.level() >= codec.traits().minLevel() && spec.level() <= codec.traits().maxLevel();
        return new RepairWorker(new FrameDecoder(plugins, image),
                codec.newCompressor(known ? spec.level() : codec.traits().defaultLevel()), codec.wireId());
    }

    @Override
    public void work(Frame<RepairTask, RepairStages.Outcome> frame) throws ImagingException {
        RepairTask task = frame.task();
        String problem = frame.result() == null ? null : frame.result().problem();
        if (task.entry() != null && problem == null) {
            problem = decoder.problem(task.entry().frame(), task.codecWireId(), frame.stored(), frame.content()).orElse(null);
        }
        frame.result(new RepairStages.Outcome(compressor == null ? null : written(task, problem, frame), problem));
    }

    private FrameInfo written(RepairTask task, String problem, Frame<RepairTask, RepairStages.Outcome> frame)
            throws ImagingException {
        if (task.entry() == null || problem != null) {
            return lost(task, frame);
        }
        FrameInfo own = task.entry().frame();
        return task.codecWireId() == codecWireId ? own
                : compress(task, own.kind(), own.unreadable(), frame);
    }

    private FrameInfo lost(RepairTask task, Frame<RepairTask, RepairStages.Outcome> frame) throws ImagingException {
        if (zeroFrame == null || zeroFrame.contentLength() != task.contentLength()) {
            clear(frame.content(), task.contentLength());
            zeroFrame = compress(task, FrameKind.ZERO, ExtentList.empty(), frame);
            zeroStored = ByteBuffer.allocate(frame.stored().remaining()).put(frame.stored().duplicate()).flip();
        } else {
            frame.stored().clear().put(zeroStored.duplicate()).flip();
        }
        return new FrameInfo(task.frameIndex(), FrameKind.ZERO, task.contentLength(), zeroFrame.storedLength(),
                zeroFrame.storedCrc32c(), zeroFrame.contentDigest(), task.used());
    }

    private void clear(ByteBuffer content, int length) {
        content.clear().limit(length);
        while (content.hasRemaining()) {
            content.put(zeros.clear().limit(Math.min(ZEROS, content.remaining())));
        }
        content.flip();
    }

    private FrameInfo compress(RepairTask task, FrameKind kind, ExtentList unreadable,
            Frame<RepairTask, RepairStages.Outcome> frame) throws ImagingException {
        ByteBuffer stored = frame.stored().clear();
        compressor.compress(frame.content().duplicate(), stored);
        stored.flip();
        crc.reset();
        crc.update(stored.duplicate());
        return new FrameInfo(task.frameIndex(), kind, task.contentLength(), stored.remaining(), (int) crc.getValue(),
                sha256.of(frame.content()), unreadable);
    }

    @Override
    public void close() {
        decoder.close();
        if (compressor != null) {
            compressor.close();
        }
    }
}
