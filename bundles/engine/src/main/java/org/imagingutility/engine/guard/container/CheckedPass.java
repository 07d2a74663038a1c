package org.imagingutility.engine.guard.container;

import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a pass over what is left of an image: parts ascend and lie on the device. For one thread. */
final class CheckedPass implements SalvagedImage.Pass {
    private final GuardedPlugin plugin;
    private final SalvagedImage.Pass pass;
    private final long deviceLength;
    private long end;

    CheckedPass(GuardedPlugin plugin, SalvagedImage.Pass pass, long deviceLength) {
        this.plugin = plugin;
        this.pass = pass;
        this.deviceLength = deviceLength;
    }

    @Override
    public Salvaged next() throws ImagingException {
        Salvaged part;
        try {
            part = pass.next();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SalvagedImage.Pass.next", e);
        }
        if (part instanceof Salvaged.Chunk chunk) {
            advance(chunk.plan().deviceOffset(), chunk.plan().deviceLength());
        } else if (part instanceof Salvaged.Lost lost) {
            advance(lost.device().offset(), lost.device().length());
        }
        return part;
    }

    private void advance(long offset, long length) throws PluginException {
        if (offset < end || length > deviceLength - offset) {
            throw plugin.violated("SalvagedImage.Pass.next", "returned " + length + " bytes at " + offset + ", the part before ends at "
                    + end + " and the device at " + deviceLength);
        }
        end = offset + length;
    }
}
