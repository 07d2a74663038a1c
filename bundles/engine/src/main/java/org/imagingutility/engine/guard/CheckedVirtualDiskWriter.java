package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;

/** Guards a {@link VirtualDiskWriter}. */
final class CheckedVirtualDiskWriter implements VirtualDiskWriter {
    private final GuardedPlugin plugin;
    private final VirtualDiskWriter writer;
    private final VirtualDiskSpec spec;

    CheckedVirtualDiskWriter(GuardedPlugin plugin, VirtualDiskWriter writer, VirtualDiskSpec spec) {
        this.plugin = plugin;
        this.writer = writer;
        this.spec = spec;
    }

    @Override
    public long diskLength() {
        try {
            return plugin.inRange("VirtualDiskWriter.diskLength", writer.diskLength(), spec.deviceLength(), Long.MAX_VALUE);
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("VirtualDiskWriter.diskLength", e);
        }
    }

    @Override
    public List<String> notes() {
        try {
            return plugin.complete("VirtualDiskWriter.notes", writer.notes());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("VirtualDiskWriter.notes", e);
        }
    }

    @Override
    public void write(long offset, ByteBuffer content) throws ImagingException {
        int end = content.limit();
        try {
            writer.write(offset, content);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("VirtualDiskWriter.write", e);
        }
        if (content.position() != end || content.limit() != end) {
            throw plugin.violated("VirtualDiskWriter.write", "at " + offset + " left the buffer at position " + content.position()
                    + " of " + content.limit() + ", expected " + end);
        }
    }

    @Override
    public void finish() throws ImagingException {
        try {
            writer.finish();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("VirtualDiskWriter.finish", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            writer.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("VirtualDiskWriter.close", e);
        }
    }
}
