package org.imagingutility.engine.guard.container;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards an {@link ImageReader}. */
final class CheckedImageReader implements ImageReader {
    private final GuardedPlugin plugin;
    private final ImageReader reader;
    private final ImageInfo info;
    private final int chunkCount;
    private final boolean tableProvesContent;

    /** Creates the guard; what does not change is asked once. */
    CheckedImageReader(GuardedPlugin plugin, ImageReader reader) throws PluginException {
        this.plugin = plugin;
        this.reader = reader;
        this.info = plugin.present("ImageReader.info", reader.info());
        this.chunkCount = (int) plugin.inRange("ImageReader.chunkCount", reader.chunkCount(), 0,
                Math.min(Integer.MAX_VALUE, info.spec().frameCount()));
        this.tableProvesContent = reader.tableProvesContent();
    }

    @Override
    public ImageInfo info() {
        return info;
    }

    @Override
    public int chunkCount() {
        return chunkCount;
    }

    @Override
    public ChunkInfo chunk(int chunkIndex) {
        try {
            ChunkInfo chunk = plugin.present("ImageReader.chunk", reader.chunk(chunkIndex));
            if (chunk.chunkIndex() != chunkIndex) {
                throw plugin.violated("ImageReader.chunk", "of " + chunkIndex + " returned chunk " + chunk.chunkIndex());
            }
            return chunk;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("ImageReader.chunk", e);
        }
    }

    @Override
    public int findChunk(long deviceOffset) {
        try {
            return (int) plugin.inRange("ImageReader.findChunk", reader.findChunk(deviceOffset), -1, chunkCount - 1);
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("ImageReader.findChunk", e);
        }
    }

    @Override
    public ChunkTable table(int chunkIndex) throws ImagingException {
        try {
            ChunkTable table = plugin.present("ImageReader.table", reader.table(chunkIndex));
            if (table.chunk().chunkIndex() != chunkIndex) {
                throw plugin.violated("ImageReader.table", "of chunk " + chunkIndex + " returned that of " + table.chunk().chunkIndex());
            }
            return table;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageReader.table", e);
        }
    }

    @Override
    public boolean tableProvesContent() {
        return tableProvesContent;
    }

    @Override
    public Optional<Digest> computeContentDigest() throws ImagingException {
        try {
            return plugin.present("ImageReader.computeContentDigest", reader.computeContentDigest());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageReader.computeContentDigest", e);
        }
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        try {
            reader.readStored(entry, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageReader.readStored", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("ImageReader.readStored", "of frame " + entry.frame().frameIndex() + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        try {
            reader.checkStructure(damages);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageReader.checkStructure", e);
        }
    }

    @Override
    public void checkChunk(ChunkTable table, Consumer<Damage> damages) throws ImagingException {
        try {
            reader.checkChunk(table, damages);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageReader.checkChunk", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            reader.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageReader.close", e);
        }
    }
}
