package org.imagingutility.engine.guard;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.store.ImageFile;

/** Guards a {@link VirtualDiskFormat} and its writers. */
public final class CheckedVirtualDiskFormat implements VirtualDiskFormat {
    private final GuardedPlugin plugin;
    private final VirtualDiskFormat format;
    private final long maxDiskLength;

    /**
     * Creates the guard; what {@code format} says of itself is asked once.
     *
     * @throws PluginException if it says something impossible
     */
    public CheckedVirtualDiskFormat(GuardedPlugin plugin, VirtualDiskFormat format) throws PluginException {
        this.plugin = plugin;
        this.format = format;
        this.maxDiskLength = plugin.inRange("VirtualDiskFormat.maxDiskLength", format.maxDiskLength(), 1, Long.MAX_VALUE);
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public long maxDiskLength() {
        return maxDiskLength;
    }

    @Override
    public VirtualDiskWriter create(ImageFile file, VirtualDiskSpec spec) throws ImagingException {
        try {
            return new CheckedVirtualDiskWriter(plugin, plugin.present("VirtualDiskFormat.create", format.create(file, spec)), spec);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("VirtualDiskFormat.create", e);
        }
    }
}
