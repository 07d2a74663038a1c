package org.imagingutility.allocator.fat;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;

/**
 * The clusters in use on one volume. Immutable; each cursor has buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param info what is known of the volume
 * @param layout where everything is on it
 * @param notes what the user should know of its state
 */
record FatAllocation(Device device, FileSystemInfo info, Layout layout, List<String> notes) implements Allocation {

    /** Returns the notes, and whether the FATs differ, which takes reading them. */
    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(notes);
        FatComparison.of(device, layout).ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    @Override
    public ExtentCursor extents() {
        return new FatCursor(device, layout);
    }
}
