package org.imagingutility.engine.guard.container;

import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link ContainerFormat} and what it opens and begins. */
public final class CheckedContainerFormat implements ContainerFormat {
    private final GuardedPlugin plugin;
    private final ContainerFormat format;

    /** Creates the guard; asks the plug-in nothing. */
    public CheckedContainerFormat(GuardedPlugin plugin, ContainerFormat format) {
        this.plugin = plugin;
        this.format = format;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public boolean recognises(ImageFile file) throws ImagingException {
        try {
            return format.recognises(file);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ContainerFormat.recognises", e);
        }
    }

    @Override
    public ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException {
        try {
            return new CheckedImageWriter(plugin, plugin.present("ContainerFormat.create", format.create(file, spec, codecs)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ContainerFormat.create", e);
        }
    }

    @Override
    public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
        try {
            return new CheckedImageReader(plugin, plugin.present("ContainerFormat.open", format.open(file, codecs)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ContainerFormat.open", e);
        }
    }

    @Override
    public UnfinishedImage reopen(ImageFile file, CodecLookup codecs) throws ImagingException {
        try {
            return new CheckedUnfinishedImage(plugin, plugin.present("ContainerFormat.reopen", format.reopen(file, codecs)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ContainerFormat.reopen", e);
        }
    }

    @Override
    public SalvagedImage salvage(ImageFile file, CodecLookup codecs, SearchMonitor monitor) throws ImagingException {
        try {
            return new CheckedSalvagedImage(plugin, plugin.present("ContainerFormat.salvage", format.salvage(file, codecs, monitor)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ContainerFormat.salvage", e);
        }
    }

    @Override
    public boolean holdsNothing(ImageFile file) throws ImagingException {
        try {
            return format.holdsNothing(file);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ContainerFormat.holdsNothing", e);
        }
    }
}
