package org.imagingutility.allocator.all;

import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.Device;
import org.osgi.service.component.annotations.Component;

/**
 * Takes any device and says that all of it is in use, without reading from it. Safe for use by several threads.
 */
@Component
public final class AllBlocksAllocator implements Allocator {
    private static final FileSystemInfo UNKNOWN = new FileSystemInfo("unknown", "", "", 0, 0);

    /** Creates the allocator. */
    public AllBlocksAllocator() {
    }

    @Override
    public String name() {
        return "all";
    }

    @Override
    public boolean catchAll() {
        return true;
    }

    @Override
    public Optional<Allocation> recognise(Device device) {
        return Optional.of(new WholeDevice(device.length()));
    }

    /**
     * One extent from the first byte to the last; none if there are no bytes.
     *
     * @param deviceLength bytes of the device
     */
    private record WholeDevice(long deviceLength) implements Allocation {

        @Override
        public FileSystemInfo info() {
            return UNKNOWN;
        }

        @Override
        public ExtentCursor extents() {
            return new WholeDevicePass(deviceLength);
        }
    }
}
