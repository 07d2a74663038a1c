package org.imagingutility.tck.serve;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedRange;
import org.imagingutility.tck.Content;

/**
 * A device in memory that notes what is asked of it: calls with ranges outside of it, writes although it is read only, calls that are under
 * way. It has a hole, a damaged byte, and a byte whose reads are held up until {@link #release}.
 */
final class WatchedDevice implements ServedDevice {
    static final int LENGTH = (3 << 20) + 513;
    static final int HOLE = 1 << 20;
    static final int HOLE_END = 2 << 20;
    static final int DAMAGED = (2 << 20) + 300_000;
    static final int HELD = (2 << 20) + 700_000;

    private final String name;
    private final boolean writable;
    private final byte[] content;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private volatile String broken;

    WatchedDevice(String name, boolean writable, int seed) {
        this.name = name;
        this.writable = writable;
        content = Content.random(LENGTH, seed);
        Arrays.fill(content, HOLE, HOLE_END, (byte) 0);
    }

    /** Returns a copy of the content, without waiting for anything. */
    synchronized byte[] content(int from, int to) {
        return Arrays.copyOfRange(content, from, to);
    }

    /** Lets reads of the byte at {@link #HELD} go on. */
    void release() {
        held.countDown();
    }

    /** Waits until somebody reads the byte at {@link #HELD}. */
    void awaitHeld() throws InterruptedException {
        entered.await();
    }

    /** Returns the calls that are under way. */
    int inside() {
        return inside.get();
    }

    int flushes() {
        return flushes.get();
    }

    /** Returns the first call that was out of contract; null if none was. */
    String broken() {
        return broken;
    }

    private interface Call {
        void run() throws ImagingException;
    }

    private void call(String what, long offset, long length, Call call) throws ImagingException {
        inside.incrementAndGet();
        try {
            if (offset < 0 || length < 0 || offset > LENGTH || length > LENGTH - offset) {
                breaks(what + " of bytes " + offset + "+" + length + " of a device of " + LENGTH);
            }
            call.run();
        } finally {
            inside.decrementAndGet();
        }
    }

    private void breaks(String what) {
        if (broken == null) {
            broken = what;
        }
        throw new IllegalArgumentException(what);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "of the contract";
    }

    @Override
    public long length() {
        return LENGTH;
    }

    @Override
    public int sectorSize() {
        return 512;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        call("a read", offset, target.remaining(), () -> {
            int end = (int) offset + target.remaining();
            if (offset <= HELD && end > HELD) {
                entered.countDown();
                awaitRelease();
            }
            boolean damaged = offset <= DAMAGED && end > DAMAGED;
            synchronized (this) {
                target.put(content, (int) offset, (damaged ? DAMAGED : end) - (int) offset);
            }
            if (damaged) {
                throw new DeviceException(name, DAMAGED, "is damaged there", null, null);
            }
        });
    }

    private void awaitRelease() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ServedRange range(long offset, long limit) throws ImagingException {
        call("a look", offset, 1, () -> {
            if (limit < 1) {
                breaks("a look at " + limit + " bytes");
            }
        });
        boolean hole = offset >= HOLE && offset < HOLE_END;
        long end = offset < HOLE ? HOLE : hole ? HOLE_END : LENGTH;
        return new ServedRange(Math.min(limit, end - offset), hole && !writable ? ServedRange.Kind.HOLE : ServedRange.Kind.DATA);
    }

    @Override
    public void prefetch(long offset, long length) throws ImagingException {
        call("reading ahead", offset, length, () -> { });
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        change("a write", offset, source.remaining(), () -> source.get(content, (int) offset, source.remaining()));
    }

    @Override
    public void zero(long offset, long length) throws ImagingException {
        change("zeros", offset, length, () -> Arrays.fill(content, (int) offset, (int) (offset + length), (byte) 0));
    }

    private void change(String what, long offset, long length, Call change) throws ImagingException {
        call(what, offset, length, () -> {
            if (!writable) {
                breaks(what + " on a device that is read only");
            }
            synchronized (this) {
                change.run();
            }
        });
    }

    @Override
    public void flush() throws ImagingException {
        call("a flush", 0, 0, flushes::incrementAndGet);
    }
}
