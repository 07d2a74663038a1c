package org.imagingutility.engine.guard.files;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link FileContent}: a read fills its buffer or fails, ranges lie in the content. For one thread. */
final class CheckedContent implements FileContent {
    private final GuardedPlugin plugin;
    private final FileContent content;
    private final long length;

    CheckedContent(GuardedPlugin plugin, FileContent content) throws PluginException {
        this.plugin = plugin;
        this.content = content;
        this.length = plugin.inRange("FileContent.length", content.length(), 0, Long.MAX_VALUE);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int limit = target.limit();
        try {
            content.read(offset, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileContent.read", e);
        }
        if (target.limit() != limit || target.hasRemaining()) {
            throw plugin.violated("FileContent.read", "returned before all bytes were read");
        }
    }

    @Override
    public FileRange range(long offset, long limit) throws ImagingException {
        try {
            FileRange range = plugin.present("FileContent.range", content.range(offset, limit));
            plugin.inRange("FileContent.range", range.length(), 1, Math.min(limit, length - offset));
            return range;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileContent.range", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            content.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileContent.close", e);
        }
    }
}
