package org.imagingutility.engine.guard.container;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link SalvagedImage}. */
final class CheckedSalvagedImage implements SalvagedImage {
    private final GuardedPlugin plugin;
    private final SalvagedImage image;
    private final ImageSpec spec;

    /** Creates the guard; what does not change is asked once. */
    CheckedSalvagedImage(GuardedPlugin plugin, SalvagedImage image) throws PluginException {
        this.plugin = plugin;
        this.image = image;
        this.spec = plugin.present("SalvagedImage.spec", image.spec());
    }

    @Override
    public ImageSpec spec() {
        return spec;
    }

    @Override
    public Optional<Metadata> statistics() {
        try {
            return plugin.present("SalvagedImage.statistics", image.statistics());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("SalvagedImage.statistics", e);
        }
    }

    @Override
    public boolean finished() {
        try {
            return image.finished();
        } catch (RuntimeException | Error e) {
            throw plugin.carried("SalvagedImage.finished", e);
        }
    }

    @Override
    public Pass pass(Consumer<Damage> damages) {
        try {
            return new CheckedPass(plugin, plugin.present("SalvagedImage.pass", image.pass(damages)), spec.deviceLength());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("SalvagedImage.pass", e);
        }
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        try {
            image.checkStructure(damages);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SalvagedImage.checkStructure", e);
        }
    }

    @Override
    public Optional<Salvaged.Chunk> chunkAt(long deviceOffset) throws ImagingException {
        try {
            return plugin.present("SalvagedImage.chunkAt", image.chunkAt(deviceOffset));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SalvagedImage.chunkAt", e);
        }
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        try {
            image.readStored(entry, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SalvagedImage.readStored", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("SalvagedImage.readStored", "of frame " + entry.frame().frameIndex() + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public Optional<String> obstacle() {
        try {
            return plugin.present("SalvagedImage.obstacle", image.obstacle());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("SalvagedImage.obstacle", e);
        }
    }

    @Override
    public void rewrite(Consumer<Damage> rewritten) throws ImagingException {
        try {
            image.rewrite(rewritten);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SalvagedImage.rewrite", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            image.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SalvagedImage.close", e);
        }
    }
}
