package org.imagingutility.engine.guard.container;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.PartialChunk;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards an {@link UnfinishedImage}. */
final class CheckedUnfinishedImage implements UnfinishedImage {
    private final GuardedPlugin plugin;
    private final UnfinishedImage image;
    private final ImageSpec spec;
    private final int chunkCount;

    /** Creates the guard; what does not change is asked once. */
    CheckedUnfinishedImage(GuardedPlugin plugin, UnfinishedImage image) throws PluginException {
        this.plugin = plugin;
        this.image = image;
        this.spec = plugin.present("UnfinishedImage.spec", image.spec());
        this.chunkCount = (int) plugin.inRange("UnfinishedImage.chunkCount", image.chunkCount(), 0,
                Math.min(Integer.MAX_VALUE, spec.frameCount()));
    }

    @Override
    public ImageSpec spec() {
        return spec;
    }

    @Override
    public int chunkCount() {
        return chunkCount;
    }

    @Override
    public ChunkTable table(int chunkIndex) throws ImagingException {
        try {
            return plugin.present("UnfinishedImage.table", image.table(chunkIndex));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("UnfinishedImage.table", e);
        }
    }

    @Override
    public Optional<PartialChunk> partialChunk() {
        try {
            return plugin.present("UnfinishedImage.partialChunk", image.partialChunk());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("UnfinishedImage.partialChunk", e);
        }
    }

    @Override
    public long wholeLength() {
        try {
            return plugin.inRange("UnfinishedImage.wholeLength", image.wholeLength(), 0, Long.MAX_VALUE);
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("UnfinishedImage.wholeLength", e);
        }
    }

    @Override
    public Optional<String> damage() {
        try {
            return plugin.present("UnfinishedImage.damage", image.damage());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("UnfinishedImage.damage", e);
        }
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        try {
            image.readStored(entry, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("UnfinishedImage.readStored", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("UnfinishedImage.readStored", "of frame " + entry.frame().frameIndex() + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public ImageWriter resume(ResumePoint point) throws ImagingException {
        try {
            return new CheckedImageWriter(plugin, plugin.present("UnfinishedImage.resume", image.resume(point)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("UnfinishedImage.resume", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            image.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("UnfinishedImage.close", e);
        }
    }
}
