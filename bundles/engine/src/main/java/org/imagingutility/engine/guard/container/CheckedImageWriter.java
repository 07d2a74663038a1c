package org.imagingutility.engine.guard.container;

import java.nio.ByteBuffer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards an {@link ImageWriter}. */
final class CheckedImageWriter implements ImageWriter {
    private final GuardedPlugin plugin;
    private final ImageWriter writer;

    CheckedImageWriter(GuardedPlugin plugin, ImageWriter writer) {
        this.plugin = plugin;
        this.writer = writer;
    }

    @Override
    public void beginChunk(ChunkPlan plan) throws ImagingException {
        try {
            writer.beginChunk(plan);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageWriter.beginChunk", e);
        }
    }

    @Override
    public void writeFrame(FrameInfo frame, ByteBuffer stored) throws ImagingException {
        try {
            writer.writeFrame(frame, stored);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageWriter.writeFrame", e);
        }
    }

    @Override
    public void endChunk() throws ImagingException {
        try {
            writer.endChunk();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageWriter.endChunk", e);
        }
    }

    @Override
    public ImageDigests finish(Metadata statistics) throws ImagingException {
        try {
            return plugin.present("ImageWriter.finish", writer.finish(statistics));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageWriter.finish", e);
        }
    }

    @Override
    public long length() {
        try {
            return plugin.inRange("ImageWriter.length", writer.length(), 0, Long.MAX_VALUE);
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("ImageWriter.length", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            writer.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageWriter.close", e);
        }
    }
}
