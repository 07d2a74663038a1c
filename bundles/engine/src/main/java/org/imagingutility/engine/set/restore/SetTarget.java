package org.imagingutility.engine.set.restore;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.Extent;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.set.file.CopyBuffers;
import org.imagingutility.engine.targets.SparseWriter;

/**
 * The target of a restore, a disk or one partition of it. The first bytes, by which systems recognise a table or file system,
 * are taken away before anything else is written and are kept in memory until all else is on stable storage: what a broken-off
 * restore leaves never looks whole. For one thread.
 */
final class SetTarget {
    /** Has room for a boot record, a GPT header behind it, and the superblocks that are looked for first. */
    private static final int HELD = 8192;
    /** What is wiped at the beginning and the end of a disk: its tables, wherever within they stand. */
    private static final long WIPED = 1 << 20;

    private final WritableDevice device;
    private final long heldFrom;
    private final ByteBuffer held;
    private final ByteBuffer zeros = CopyBuffers.allocate();
    private final SparseWriter holes = new SparseWriter();
    private long bytesWritten;
    private long bytesGivenBack;
    private boolean refusesDiscard;
    private boolean onMedium;

    private SetTarget(WritableDevice device, long from, long length) {
        this.device = device;
        this.heldFrom = from;
        this.held = CopyBuffers.allocate().limit((int) Math.min(HELD, length)).slice();
    }

    /** Makes a target of a whole disk, which stays the caller's, and takes away what stands there. */
    static SetTarget ofDisk(WritableDevice device) throws ImagingException {
        SetTarget target = new SetTarget(device, 0, device.length());
        if (!device.fresh()) {
            for (Extent extent : target.wiped()) {
                target.zero(extent.offset(), extent.length());
            }
            target.force();
            target.bytesWritten = 0;
        }
        return target;
    }

    /**
     * Makes a target of one partition of a disk, which stays the caller's, and takes away its first bytes; those of them that
     * are not restored are there again in the end.
     *
     * @param from where it begins on the disk
     * @param length bytes of it
     */
    static SetTarget ofPartition(WritableDevice device, long from, long length) throws ImagingException {
        SetTarget target = new SetTarget(device, from, length);
        if (!device.fresh()) {
            device.read(from, target.held.duplicate());
            target.zero(from, target.held.limit());
            target.force();
            target.bytesWritten = 0;
        }
        return target;
    }

    /** Returns what is wiped of a whole disk; it stays zero where nothing is written to it. */
    List<Extent> wiped() {
        long tail = Math.max(0, device.length() - WIPED) / device.sectorSize() * device.sectorSize();
        return List.of(new Extent(0, Math.min(WIPED, device.length())), new Extent(tail, device.length() - tail));
    }

    DeviceInfo info() {
        return device.info();
    }

    boolean fresh() {
        return device.fresh();
    }

    void write(long offset, ByteBuffer source) throws ImagingException {
        long end = offset + source.remaining();
        long heldEnd = heldFrom + held.limit();
        int limit = source.limit();
        bytesWritten += source.remaining();
        if (offset < heldEnd && end > heldFrom) {
            long from = Math.max(offset, heldFrom);
            long to = Math.min(end, heldEnd);
            int position = source.position();
            if (from > offset) {
                device.write(offset, source.limit(position + (int) (from - offset)));
            }
            held.put((int) (from - heldFrom), source.limit(limit), position + (int) (from - offset), (int) (to - from));
            if (to < end) {
                device.write(to, source.limit(limit).position(position + (int) (to - offset)));
            }
        } else {
            device.write(offset, source);
        }
        source.limit(limit).position(limit);
    }

    /**
     * Gives a range back, as {@link WritableDevice#clear}. Of the first bytes, which are kept, nothing is given back. What was
     * refused once is said once.
     */
    Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
        long end = offset + length;
        long from = Math.min(end, Math.max(offset, heldFrom));
        long to = Math.max(from, Math.min(end, heldFrom + held.limit()));
        if (zeros) {
            for (long at = from; at < to; at++) {
                held.put((int) (at - heldFrom), (byte) 0);
            }
        }
        Clearing before = clearUnheld(offset, from - offset, zeros);
        return before.refusal().isPresent() ? before
                : sum(before, clearUnheld(to, end - to, zeros));
    }

    private static Clearing sum(Clearing first, Clearing second) {
        return second.refusal().isPresent() ? second : Clearing.done(first.bytes() + second.bytes());
    }

    private Clearing clearUnheld(long offset, long length, boolean zeros) throws ImagingException {
        if (length == 0 || refusesDiscard && !zeros) {
            return Clearing.done(0);
        }
        Clearing clearing = device.clear(offset, length, zeros);
        refusesDiscard |= clearing.refusal().isPresent() && !zeros;
        bytesGivenBack += clearing.bytes();
        return clearing;
    }

    /** Writes; on a target that was just made what holds zeros is left out. */
    void writeContent(long offset, ByteBuffer source) throws ImagingException {
        if (fresh()) {
            holes.write(offset, source, this::write);
        } else {
            write(offset, source);
        }
    }

    /** Reads what stands there, or will when all is done. */
    void read(long offset, ByteBuffer target) throws ImagingException {
        int position = target.position();
        long end = offset + target.remaining();
        device.read(offset, target);
        long from = Math.max(offset, heldFrom);
        long to = Math.min(end, heldFrom + held.limit());
        if (from < to) {
            target.put(position + (int) (from - offset), held, (int) (from - heldFrom), (int) (to - from));
        }
    }

    /** Writes zeros. */
    void zero(long offset, long length) throws ImagingException {
        for (long done = 0; done < length; ) {
            int bytes = (int) Math.min(CopyBuffers.LENGTH, length - done);
            device.write(offset + done, zeros.clear().limit(bytes));
            done += bytes;
        }
        bytesWritten += length;
    }

    /** Says whether reads are to come from the medium; forces what was written first. */
    boolean bypassCache(boolean bypass) throws ImagingException {
        boolean medium = device.bypassCache(bypass);
        onMedium |= medium;
        return medium;
    }

    private void force() throws ImagingException {
        device.bypassCache(true);
        device.bypassCache(false);
    }

    /** Writes the first bytes, when all else is on stable storage, and completes the target. */
    void complete(boolean verify) throws ImagingException {
        if (!device.fresh()) {
            force();
        }
        device.write(heldFrom, held.duplicate());
        if (verify) {
            onMedium |= device.bypassCache(true);
            ByteBuffer back = zeros.clear().limit(held.limit());
            device.read(heldFrom, back);
            int difference = held.mismatch(back.flip());
            if (difference >= 0) {
                throw differs(heldFrom + difference);
            }
        }
        device.complete();
    }

    /** The error of a byte that reads back as another one than was written. */
    DeviceException differs(long offset) {
        return new DeviceException(info().reference(), offset, "reads back as something else than what was written",
                "the target does not keep what is written to it: check or replace it", null);
    }

    long bytesWritten() {
        return bytesWritten;
    }

    long bytesGivenBack() {
        return bytesGivenBack;
    }

    /** Says whether reads came from the medium, past what the operating system has in its cache. */
    boolean onMedium() {
        return onMedium;
    }
}
