package org.imagingutility.api.allocator;

/** The one extent of a device that has bytes, and none of a device that has none: what an allocator says that takes all. */
public final class WholeDevicePass extends ExtentPass {
    private final long deviceLength;

    /** Creates a pass over a device of {@code deviceLength} bytes, 0 or more. */
    public WholeDevicePass(long deviceLength) {
        this.deviceLength = deviceLength;
    }

    @Override
    protected boolean advance() {
        return end() < deviceLength && found(0, deviceLength);
    }
}
