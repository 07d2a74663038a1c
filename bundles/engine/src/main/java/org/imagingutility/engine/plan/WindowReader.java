package org.imagingutility.engine.plan;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.source.GuardedDevice;

/**
 * Fills a frame's window from the device: what is in use is read, all else is zero. Extents that lie close together
 * are read in one go, and what lies between is zeroed afterwards: a fragmented disk is not read in crumbs, and free
 * space never reaches the image. Where the device is sparse and mostly zeros, its holes are not read. Where reading fails, what is in use, and only that, is read piece by piece. Used by several
 * threads at once.
 */
public final class WindowReader implements FrameSource {
    /** Up to this gap, reading through costs less than a second request does on a disk that seeks. */
    private static final int JOIN_GAP = 256 << 10;
    /** Reads begin and end at multiples of this, so that the buffer's address is aligned as devices demand. */
    private static final int READ_UNIT = 4096;
    /** So many bytes of zeros are read in a row before the device is asked for holes: to ask it loads a library, at the first time. */
    private static final long ZEROS_BEFORE_ASKING = 64L << 20;

    private final GuardedDevice device;
    private final int joinGap;
    private final int readUnit;
    private final Throttle throttle;
    private final LongAdder bytesRead = new LongAdder();
    private final ByteBuffer zeros;
    private final AtomicLong zerosInARow = new AtomicLong();

    /**
     * Creates a reader.
     *
     * @param device the source
     * @param join whether neighbouring extents are read in one go
     * @param throttle bounds the rate
     * @param frameSize bytes of a window at most
     */
    public WindowReader(GuardedDevice device, boolean join, Throttle throttle, int frameSize) {
        this.device = device;
        this.joinGap = join ? JOIN_GAP : 0;
        this.readUnit = Math.max(READ_UNIT, device.sectorSize());
        this.throttle = throttle;
        this.zeros = ByteBuffer.allocateDirect(Math.min(frameSize, JOIN_GAP));
    }

    @Override
    public ExtentList read(FrameTask task, ByteBuffer content) throws ImagingException {
        ExtentList.Builder unreadable = null;
        ExtentList extents = task.chunk().extents();
        int index = task.firstExtent();
        while (index < extents.count() && extents.offset(index) < task.end()) {
            long from = Math.max(extents.offset(index), task.offset());
            while (index + 1 < extents.count() && extents.offset(index + 1) < task.end()
                    && extents.offset(index + 1) - extents.end(index) <= joinGap) {
                index++;
            }
            long to = Math.min(extents.end(index), task.end());
            if (isHole(from, to)) {
                content.clear();
                zero(task, content, from, to);
            } else if (readRange(task, content, from, to)) {
                count(task, content, from, to);
            } else {
                unreadable = unreadable == null ? new ExtentList.Builder() : unreadable;
                readInUse(task, content, from, to, unreadable);
            }
            index++;
        }
        // only after all reads: an aligned read may have touched what lies before its extent
        zeroWhatIsFree(task, content);
        content.clear().limit(task.contentLength());
        return unreadable == null ? ExtentList.empty() : unreadable.build();
    }

    /** Says whether the device knows that there are zeros only; asked where that is likely. */
    private boolean isHole(long from, long to) throws ImagingException {
        return zerosInARow.get() >= ZEROS_BEFORE_ASKING && device.nextData(from) >= to;
    }

    /** Readers work on neighbouring windows: roughly in a row is good enough. */
    private void count(FrameTask task, ByteBuffer content, long from, long to) {
        if (isZero(task, content, from, to)) {
            zerosInARow.addAndGet(to - from);
        } else if (zerosInARow.get() != 0) {
            zerosInARow.set(0);
        }
    }

    private boolean isZero(FrameTask task, ByteBuffer content, long from, long to) {
        for (long at = from; at < to; ) {
            int bytes = (int) Math.min(to - at, zeros.capacity());
            int place = (int) (at - task.offset());
            int difference = content.limit(place + bytes).position(place).mismatch(zeros);
            if (difference >= 0 && difference < bytes) {
                return false;
            }
            at += bytes;
        }
        return true;
    }

    private void zeroWhatIsFree(FrameTask task, ByteBuffer content) {
        ExtentList extents = task.chunk().extents();
        content.clear();
        long filledTo = task.offset();
        for (int i = task.firstExtent(); i < extents.count() && extents.offset(i) < task.end(); i++) {
            zero(task, content, filledTo, Math.max(extents.offset(i), task.offset()));
            filledTo = Math.min(extents.end(i), task.end());
        }
        zero(task, content, filledTo, task.end());
    }

    /** {@inheritDoc} Stops waiting for the bound on the rate, for retries and for reads that hang. */
    @Override
    public void release() {
        throttle.release();
        device.stop();
    }

    /** Returns the bytes read from the device so far. */
    public long bytesRead() {
        return bytesRead.sum();
    }

    private boolean readRange(FrameTask task, ByteBuffer content, long from, long to) throws ImagingException {
        long alignedFrom = from - from % readUnit;
        long alignedTo = Math.min(to % readUnit == 0 ? to : to - to % readUnit + readUnit, device.length());
        int bytes = (int) (Math.min(alignedTo, task.offset() + content.capacity()) - alignedFrom);
        int taken = device.bytesTaken(alignedFrom, bytes);
        throttle.take(taken);
        content.limit((int) (alignedFrom - task.offset()) + bytes).position((int) (alignedFrom - task.offset()));
        boolean done = device.tryRead(alignedFrom, content);
        bytesRead.add(done ? taken : 0);
        return done;
    }

    /** Reads the sectors of {@code [from, to)} that are in use, and notes what of them could not be read. */
    private void readInUse(FrameTask task, ByteBuffer content, long from, long to, ExtentList.Builder unreadable)
            throws ImagingException {
        ExtentList inUse = task.chunk().extents().within(from, to - from);
        int sectorSize = device.sectorSize();
        ExtentList.Builder sectors = new ExtentList.Builder();
        long covered = from / sectorSize * sectorSize;
        for (int i = 0; i < inUse.count(); i++) {
            long begin = Math.max(covered, inUse.offset(i) / sectorSize * sectorSize);
            long lastSector = (inUse.end(i) - 1) / sectorSize * sectorSize;
            covered = Math.min(lastSector + sectorSize, device.length());
            if (covered > begin) {
                sectors.add(begin, covered - begin);
            }
        }
        ExtentList wanted = sectors.build();
        ExtentList.Builder failed = new ExtentList.Builder();
        for (int i = 0; i < wanted.count(); i++) {
            bytesRead.add(device.readPieces(wanted.offset(i), wanted.end(i), content, task.offset(), failed));
        }
        ExtentList bad = failed.build();
        for (int i = 0; i < inUse.count(); i++) {
            ExtentList lost = bad.within(inUse.offset(i), inUse.length(i));
            for (int k = 0; k < lost.count(); k++) {
                unreadable.add(lost.offset(k), lost.length(k));
            }
        }
    }

    private void zero(FrameTask task, ByteBuffer content, long from, long to) {
        for (long at = from; at < to; ) {
            int bytes = (int) Math.min(to - at, zeros.capacity());
            content.put((int) (at - task.offset()), zeros, 0, bytes);
            at += bytes;
        }
    }
}
