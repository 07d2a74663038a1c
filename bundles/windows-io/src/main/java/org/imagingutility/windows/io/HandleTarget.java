package org.imagingutility.windows.io;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;

/**
 * A drive or volume that is overwritten where it stands, past the cache of Windows, so that what is read back comes from it. After a
 * write or force failed, {@link #complete} fails. Cannot be parked: without its locks Windows would mount what is half written.
 */
public class HandleTarget extends HandleDevice implements WritableDevice {
    private final long requiredLength;
    private volatile TargetException lost;
    private volatile boolean completed;

    /**
     * Creates the target.
     *
     * @param requiredLength bytes from offset 0 on that will be written at most; a write may end there, aligned or not
     * @param handle opened unbuffered, to be read and written; closed with this
     */
    public HandleTarget(DeviceInfo info, long requiredLength, DeviceHandle handle) {
        super(info, handle);
        this.requiredLength = requiredLength;
    }

    @Override
    public final boolean fresh() {
        return false;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int sector = info().sectorSize();
        if (offset + target.remaining() == requiredLength && requiredLength % sector != 0) {
            Ranges.check(info(), requiredLength, offset, target);
            readUpToRequired(offset, target);
        } else {
            super.read(offset, target);
        }
    }

    /** What is read ends within a sector, which is read as a whole. */
    private void readUpToRequired(long offset, ByteBuffer target) throws ImagingException {
        int sector = info().sectorSize();
        int rest = (int) (requiredLength % sector);
        int limit = target.limit();
        super.read(offset, target.limit(limit - rest));
        ByteBuffer last = sectorBuffer();
        super.read(requiredLength - rest, last);
        target.limit(limit).put(last.flip().limit(rest));
    }

    private ByteBuffer sectorBuffer() {
        int sector = info().sectorSize();
        return ByteBuffer.allocateDirect(2 * sector).alignedSlice(sector).limit(sector);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        if (completed) {
            throw new IllegalStateException("target \"" + info().reference() + "\" is complete");
        }
        Ranges.check(info(), requiredLength, offset, source);
        try {
            int rest = source.remaining() % info().sectorSize();
            int limit = source.limit();
            transfer(offset, source.limit(limit - rest));
            if (rest > 0) {
                ByteBuffer last = sectorBuffer();
                super.read(requiredLength - rest, last);
                last.clear().limit(info().sectorSize());
                last.put(source.limit(limit)).position(0);
                transfer(requiredLength - rest, last);
            }
        } catch (TargetException e) {
            lost = e;
            throw e;
        } catch (DeviceException e) {
            lost = new TargetException(info().reference(), e.offset(), e.getMessage(), e.remedy().orElse(null), e);
            throw lost;
        }
    }

    /** Writes whole sectors. */
    private void transfer(long offset, ByteBuffer source) throws TargetException {
        int begin = source.position();
        long address = handle().kernel().address(source);
        try {
            while (source.hasRemaining()) {
                long at = offset + (source.position() - begin);
                int count = handle().write(at, address + source.position(), source.remaining());
                if (count <= 0 || count > source.remaining()) {
                    throw new TargetException(info().reference(), at, "of " + source.remaining() + " bytes " + count + " were written", null, null);
                }
                source.position(source.position() + count);
            }
        } catch (WindowsException e) {
            throw WindowsErrors.writing(info().reference(), offset + (source.position() - begin), e);
        } finally {
            Reference.reachabilityFence(source);
        }
    }

    @Override
    public final boolean bypassCache(boolean bypass) throws ImagingException {
        if (bypass && !completed) {
            force();
        }
        // it is never read any other way
        return true;
    }

    @Override
    public final void complete() throws ImagingException {
        if (completed) {
            throw new IllegalStateException("target \"" + info().reference() + "\" is complete");
        }
        force();
        completed = true;
        announce();
    }

    private void force() throws ImagingException {
        TargetException before = lost;
        if (before != null) {
            throw new TargetException(info().reference(), -1, "what was written may be lost, because writing failed: "
                    + before.getMessage(), before.remedy().orElse(null), before, before.mayPass());
        }
        writeHeldBack();
        try {
            handle().flush();
        } catch (WindowsException e) {
            lost = WindowsErrors.writing(info().reference(), -1, e);
            throw lost;
        }
    }

    /** Writes what was held back until the rest is written; does nothing as it is. */
    protected void writeHeldBack() throws ImagingException {
        // all was written when it came
    }

    /** Tells Windows that there is new content; does nothing as it is. */
    protected void announce() throws ImagingException {
        // it looks when it mounts the volume
    }
}
