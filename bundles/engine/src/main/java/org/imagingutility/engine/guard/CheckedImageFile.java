package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.store.ImageFile;

/** Guards an {@link ImageFile}: a read or write that does less than it was asked to is an error. */
final class CheckedImageFile implements ImageFile {
    private final GuardedPlugin plugin;
    private final ImageFile file;
    private final String reference;
    private final boolean seekable;

    CheckedImageFile(GuardedPlugin plugin, ImageFile file) throws PluginException {
        this.plugin = plugin;
        this.file = file;
        this.reference = plugin.present("ImageFile.reference", file.reference());
        this.seekable = file.seekable();
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public String lastingReference() throws ImagingException {
        try {
            return plugin.present("ImageFile.lastingReference", file.lastingReference());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.lastingReference", e);
        }
    }

    @Override
    public boolean seekable() {
        return seekable;
    }

    @Override
    public long length() throws ImagingException {
        try {
            return plugin.inRange("ImageFile.length", file.length(), 0, Long.MAX_VALUE);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.length", e);
        }
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        int length = target.remaining();
        try {
            file.read(offset, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.read", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("ImageFile.read", "of " + length + " bytes at " + offset + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        int end = source.limit();
        int length = source.remaining();
        try {
            file.write(offset, source);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.write", e);
        }
        if (source.position() != end || source.limit() != end) {
            throw plugin.violated("ImageFile.write", "of " + length + " bytes at " + offset + " left the buffer at position "
                    + source.position() + " of " + source.limit() + ", expected " + end);
        }
    }

    @Override
    public void truncate(long length) throws ImagingException {
        try {
            file.truncate(length);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.truncate", e);
        }
    }

    @Override
    public void force() throws ImagingException {
        try {
            file.force();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.force", e);
        }
    }

    @Override
    public void publish() throws ImagingException {
        try {
            file.publish();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.publish", e);
        }
    }

    @Override
    public void discard() throws ImagingException {
        try {
            file.discard();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.discard", e);
        }
    }

    @Override
    public boolean bypassCache(boolean bypass) throws ImagingException {
        try {
            return file.bypassCache(bypass);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.bypassCache", e);
        }
    }

    @Override
    public OptionalLong usableSpace() throws ImagingException {
        try {
            OptionalLong space = plugin.present("ImageFile.usableSpace", file.usableSpace());
            plugin.inRange("ImageFile.usableSpace", space.orElse(0), 0, Long.MAX_VALUE);
            return space;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.usableSpace", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            file.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageFile.close", e);
        }
    }
}
