package org.imagingutility.engine.guard;

import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/** Guards an {@link Allocator} and what it says of devices. */
public final class CheckedAllocator implements Allocator {
    private final GuardedPlugin plugin;
    private final boolean catchAll;
    private final boolean namesOnly;
    private final Allocator allocator;

    /** Creates the guard; what {@code allocator} says of itself is asked once. */
    public CheckedAllocator(GuardedPlugin plugin, Allocator allocator) {
        this.plugin = plugin;
        this.allocator = allocator;
        this.catchAll = allocator.catchAll();
        this.namesOnly = allocator.namesOnly();
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public boolean catchAll() {
        return catchAll;
    }

    @Override
    public boolean namesOnly() {
        return namesOnly;
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        try {
            Optional<Allocation> said = plugin.present("Allocator.recognise", allocator.recognise(device));
            return said.isEmpty() ? said : Optional.of(new CheckedAllocation(plugin, said.get(), device.length()));
        } catch (RuntimeException | Error e) {
            throw plugin.threw("Allocator.recognise", e);
        }
    }
}
