package org.imagingutility.serve.nbd;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedRange;

/** A device in memory: a hole from byte 1 Mi to 3 Mi, a damaged range, and a range that is read only when it is told to. */
final class FakeDevice implements ServedDevice {
    static final int HOLE = 1 << 20;
    static final int HOLE_END = 3 << 20;
    static final int DAMAGED = 5 << 20;
    static final int SLOW = 4 << 20;
    static final int LENGTH = (6 << 20) + 77;

    final byte[] content = new byte[LENGTH];
    final CountDownLatch slow = new CountDownLatch(1);
    private final String name;
    private final boolean writable;
    volatile int flushes;

    FakeDevice(String name, boolean writable) {
        this.name = name;
        this.writable = writable;
        new Random(3).nextBytes(content);
        Arrays.fill(content, HOLE, HOLE_END, (byte) 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "made for tests";
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
        int bytes = target.remaining();
        if (offset <= DAMAGED && offset + bytes > DAMAGED) {
            throw new DeviceException("fake", DAMAGED, "is damaged", null, null);
        }
        if (offset == SLOW) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        target.put(content, (int) offset, bytes);
    }

    @Override
    public ServedRange range(long offset, long limit) {
        boolean hole = offset >= HOLE && offset < HOLE_END;
        long end = offset < HOLE ? HOLE : hole ? HOLE_END : LENGTH;
        return new ServedRange(Math.min(limit, end - offset), hole ? ServedRange.Kind.HOLE : ServedRange.Kind.DATA);
    }

    @Override
    public void prefetch(long offset, long length) {
        // it is in memory
    }

    @Override
    public synchronized void write(long offset, ByteBuffer source) {
        source.get(content, (int) offset, source.remaining());
    }

    @Override
    public synchronized void zero(long offset, long length) {
        Arrays.fill(content, (int) offset, (int) (offset + length), (byte) 0);
    }

    @Override
    public void flush() {
        flushes++;
    }
}
