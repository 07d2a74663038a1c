package org.imagingutility.allocator.fat;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.Device;
import org.imagingutility.fs.fat.Layout;

/** The clusters in use on one volume. Used by several threads at once; each cursor has buffers of its own. */
final class FatAllocation implements Allocation {
    private final Device device;
    private final FileSystemInfo info;
    private final Layout layout;
    private final List<Finding> noted;
    /** What {@link #state()} returned, which takes reading the FATs. */
    private VolumeState state;

    /**
     * Creates the allocation.
     *
     * @param device the device the volume is on, from its first byte on
     * @param info what is known of the volume
     * @param layout where everything is on it
     * @param noted what boot sector and FATs note of its state
     */
    FatAllocation(Device device, FileSystemInfo info, Layout layout, List<Finding> noted) {
        this.device = device;
        this.info = info;
        this.layout = layout;
        this.noted = List.copyOf(noted);
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public List<String> warnings() {
        return state().inOrder() ? List.of() : List.of(state().notice("the " + info.fileSystem() + " volume on \""
                + device.info().reference() + "\"", "check it after restoring (fsck.fat, chkdsk)"));
    }

    /** Returns what was noted, and whether the FATs differ. */
    @Override
    public synchronized VolumeState state() {
        if (state == null) {
            List<Finding> findings = new ArrayList<>(noted);
            FatComparison.of(device, layout).ifPresent(findings::add);
            state = findings.isEmpty() ? VolumeState.IN_ORDER : new VolumeState(findings, AllocationBasis.UNION);
        }
        return state;
    }

    @Override
    public ExtentCursor extents() {
        return new FatCursor(device, layout, !state().inOrder());
    }
}
