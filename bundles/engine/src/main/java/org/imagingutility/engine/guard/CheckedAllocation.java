package org.imagingutility.engine.guard;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;

/** Guards an {@link Allocation} of one device. */
final class CheckedAllocation implements Allocation {
    private final GuardedPlugin plugin;
    private final Allocation allocation;
    private final long deviceLength;
    private final boolean everything;
    private final FileSystemInfo info;

    /** {@code everything}: whether the allocator has promised to take all blocks. */
    CheckedAllocation(GuardedPlugin plugin, Allocation allocation, long deviceLength, boolean everything) throws PluginException {
        this.plugin = plugin;
        this.allocation = allocation;
        this.deviceLength = deviceLength;
        this.everything = everything;
        this.info = checked(plugin, allocation.info());
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public List<String> warnings() {
        try {
            return plugin.complete("Allocation.warnings", allocation.warnings());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Allocation.warnings", e);
        }
    }

    @Override
    public VolumeState state() {
        try {
            return plugin.present("Allocation.state", allocation.state());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Allocation.state", e);
        }
    }

    @Override
    public ExtentCursor extents() throws ImagingException {
        try {
            return new CheckedCursor(plugin, plugin.present("Allocation.extents", allocation.extents()), deviceLength, everything);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Allocation.extents", e);
        }
    }

    @Override
    public List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
        try {
            List<TouchedFile> files = plugin.complete("Allocation.filesIn", allocation.filesIn(ranges, limit));
            if (files.size() > limit) {
                throw plugin.violated("Allocation.filesIn", "returned " + files.size() + " files, asked for at most " + limit);
            }
            return files;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Allocation.filesIn", e);
        }
    }

    @Override
    public List<TransientFile> transientFiles() throws ImagingException {
        try {
            List<TransientFile> files = plugin.complete("Allocation.transientFiles", allocation.transientFiles());
            for (TransientFile file : files) {
                ExtentList content = file.content();
                if (content.count() > 0 && content.end(content.count() - 1) > deviceLength) {
                    throw plugin.violated("Allocation.transientFiles", "returned " + file + ", which ends behind the device ("
                            + deviceLength + " bytes)");
                }
            }
            return files;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Allocation.transientFiles", e);
        }
    }

    @Override
    public ExtentList telltale() throws ImagingException {
        try {
            ExtentList places = plugin.present("Allocation.telltale", allocation.telltale());
            if (places.count() > 0 && places.end(places.count() - 1) > deviceLength) {
                throw plugin.violated("Allocation.telltale", "returned " + places + ", which ends behind the device ("
                        + deviceLength + " bytes)");
            }
            return places;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Allocation.telltale", e);
        }
    }

    private static FileSystemInfo checked(GuardedPlugin plugin, FileSystemInfo info) throws PluginException {
        plugin.present("Allocation.info", info);
        if (info.fileSystem() == null || info.label() == null || info.serial() == null || info.clusterSize() < 0
                || info.clusterCount() < 0) {
            throw plugin.violated("Allocation.info", "returned " + info);
        }
        return info;
    }
}
