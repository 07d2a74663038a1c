package org.imagingutility.engine.guard;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.Signature;
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
            return said.isEmpty() ? said : Optional.of(new CheckedAllocation(plugin, said.get(), device.length(), catchAll));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Allocator.recognise", e);
        }
    }

    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        try {
            List<Signature> found = plugin.complete("Allocator.signatures", allocator.signatures(device));
            for (Signature each : found) {
                if (each.offset() < 0 || each.offset() >= device.length()) {
                    throw plugin.violated("Allocator.signatures", "returned a signature at byte " + each.offset()
                            + " of a device with " + device.length());
                }
            }
            return found;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Allocator.signatures", e);
        }
    }
}
