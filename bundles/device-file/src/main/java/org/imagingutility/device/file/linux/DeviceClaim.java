package org.imagingutility.device.file.linux;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.channel.RangeCalls;

/**
 * A block device for this process alone: open(2) with {@code O_EXCL}. The kernel gives it to nobody who holds it for something:
 * a mounted file system, in whatever namespace, a RAID or mapper device, swap, another tool with a claim; nor to them while it is
 * held here. A claim of a disk is one of its partitions as well. Readers and writers without a claim are not kept out.
 */
public final class DeviceClaim implements Closeable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final NativeCalls calls;
    private final int descriptor;
    private boolean closed;

    private DeviceClaim(NativeCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /**
     * Claims a device.
     *
     * @param reference name of the target for messages
     * @param node its device node
     * @param number which device that has to be
     * @param writable whether it is opened as one that is written to: its close then has udev look at it anew
     * @throws TargetException if something has it, or there are no means to claim it: then it may not be written to either
     */
    public static DeviceClaim take(String reference, Path node, DeviceNumber number, boolean writable)
            throws TargetException {
        try {
            NativeCalls calls = NativeCalls.load();
            int access = writable ? NativeCalls.O_RDWR : NativeCalls.O_RDONLY;
            DeviceClaim claim = new DeviceClaim(calls, calls.open(node, access | NativeCalls.O_EXCL));
            claim.require(number, node);
            return claim;
        } catch (NativeCalls.CallException e) {
            throw e.isBusy() ? inUse(reference, node, e) : IoErrors.claiming(reference, node, e);
        } catch (IOException e) {
            throw IoErrors.claiming(reference, node, e);
        } catch (LinkageError e) {
            throw new TargetException(reference, -1, "cannot be claimed, so whether it is in use is not known, and it is not written to: "
                    + NativeErrors.text(e), NativeErrors.REMEDY, e);
        }
    }

    private static TargetException inUse(String reference, Path node, IOException e) {
        boolean itself = node.toString().equals(reference);
        return new TargetException(reference, -1, (itself ? "is in use" : "needs \"" + node + "\", which is in use")
                + ": the kernel gives it to nobody else. It is mounted (perhaps in another mount namespace, as containers have), part of"
                + " a RAID, volume group or mapper device, swap, or claimed by another tool",
                "stop that use first (lsblk, swapon, dmsetup, lsns -t mnt show what it may be), or choose another target", e);
    }

    private void require(DeviceNumber number, Path node) throws IOException {
        DeviceNumber found = DeviceNumber.of(DESCRIPTORS.resolve(Integer.toString(descriptor)));
        if (!found.equals(number)) {
            IOException other = new IOException("\"" + node + "\" is device " + found + " by now, not " + number);
            try {
                close();
            } catch (IOException e) {
                other.addSuppressed(e);
            }
            throw other;
        }
    }

    /**
     * Returns what gives ranges of the device back: the kernel does that for the one who has the claim. It is usable until the
     * claim is closed.
     */
    public RangeCalls rangeCalls() {
        return LinuxRangeCalls.by(calls, descriptor);
    }

    /** Gives the device up. May be called twice. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            calls.close(descriptor);
        }
    }
}
