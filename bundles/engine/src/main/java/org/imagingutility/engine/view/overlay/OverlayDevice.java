package org.imagingutility.engine.view.overlay;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedRange;

/**
 * A device whose writes go into a file; what was not written is read from what lies beneath. A block is written whole: what a client does
 * not write of it is copied from beneath first. Used by several threads at once.
 */
public final class OverlayDevice implements ServedDevice, AutoCloseable {
    private static final int BLOCK = OverlayFile.BLOCK;
    private static final int STRIPES = 64;

    private final ServedDevice beneath;
    private final OverlayFile file;
    private final boolean keep;
    private final ReentrantReadWriteLock[] locks = new ReentrantReadWriteLock[STRIPES];

    private OverlayDevice(ServedDevice beneath, OverlayFile file, boolean keep) {
        this.beneath = beneath;
        this.file = file;
        this.keep = keep;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantReadWriteLock();
        }
    }

    /**
     * Puts a file over a device.
     *
     * @param identity what tells the content of that device from any other
     */
    public static OverlayDevice over(ServedDevice beneath, String identity, ServeRequest.Overlay overlay) throws ImagingException {
        return new OverlayDevice(beneath, OverlayFile.open(overlay.file(), beneath.length(), identity), overlay.keep());
    }

    /** Says whether the file was there before. */
    public boolean continued() {
        return file.continued();
    }

    @Override
    public String name() {
        return beneath.name();
    }

    @Override
    public String description() {
        return beneath.description();
    }

    @Override
    public long length() {
        return beneath.length();
    }

    @Override
    public int sectorSize() {
        return beneath.sectorSize();
    }

    @Override
    public boolean writable() {
        return true;
    }

    private ReentrantReadWriteLock lock(long block) {
        return locks[(int) (block % STRIPES)];
    }

    /** Something done with a part of a block. */
    private interface Part {
        void at(long block, long offset, int bytes) throws ImagingException;
    }

    private void eachBlock(long offset, long length, Part part) throws ImagingException {
        if (offset < 0 || length < 0 || offset > length() || length > length() - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + length + " of a device of " + length());
        }
        for (long at = offset; at < offset + length;) {
            long block = at / BLOCK;
            int bytes = (int) Math.min(offset + length - at, BLOCK - at % BLOCK);
            part.at(block, at, bytes);
            at += bytes;
        }
    }

    private int blockLength(long block) {
        return (int) Math.min(BLOCK, length() - block * BLOCK);
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int limit = target.limit();
        try {
            eachBlock(offset, target.remaining(), (block, at, bytes) -> {
                target.limit(target.position() + bytes);
                ReentrantReadWriteLock lock = lock(block);
                lock.readLock().lock();
                try {
                    read(block, at, target);
                } finally {
                    lock.readLock().unlock();
                }
            });
        } finally {
            target.limit(limit);
        }
    }

    private void read(long block, long at, ByteBuffer target) throws ImagingException {
        switch (file.state(block)) {
            case BlockMap.DATA -> {
                ByteBuffer part = target.slice();
                file.read(at, part);
                target.position(target.position() + part.position());
                zero(target);
            }
            case BlockMap.ZEROS -> zero(target);
            default -> beneath.read(at, target);
        }
    }

    private static void zero(ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        int limit = source.limit();
        try {
            eachBlock(offset, source.remaining(), (block, at, bytes) -> {
                source.limit(source.position() + bytes);
                write(block, at, source);
            });
        } finally {
            source.limit(limit);
        }
    }

    private void write(long block, long at, ByteBuffer source) throws ImagingException {
        ReentrantReadWriteLock lock = lock(block);
        lock.writeLock().lock();
        try {
            if (file.state(block) == BlockMap.DATA || source.remaining() == blockLength(block)) {
                file.write(at, source);
            } else {
                ByteBuffer whole = ByteBuffer.allocate(blockLength(block));
                read(block, block * BLOCK, whole);
                whole.position((int) (at - block * BLOCK)).put(source);
                file.write(block * BLOCK, whole.clear());
            }
            if (file.state(block) != BlockMap.DATA) {
                file.setState(block, BlockMap.DATA);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void zero(long offset, long length) throws ImagingException {
        eachBlock(offset, length, (block, at, bytes) -> {
            if (bytes < blockLength(block)) {
                write(block, at, ByteBuffer.allocate(bytes));
                return;
            }
            ReentrantReadWriteLock lock = lock(block);
            lock.writeLock().lock();
            try {
                if (file.state(block) != BlockMap.ZEROS) {
                    file.setState(block, BlockMap.ZEROS);
                }
            } finally {
                lock.writeLock().unlock();
            }
        });
    }

    @Override
    public ServedRange range(long offset, long limit) throws ImagingException {
        long block = offset / BLOCK;
        int state = file.state(block);
        long most = Math.min(limit, length() - offset);
        long alike = block + 1;
        while (alike * BLOCK - offset < most && file.state(alike) == state) {
            alike++;
        }
        long length = Math.min(most, alike * BLOCK - offset);
        return state == BlockMap.BASE ? beneath.range(offset, length)
                : new ServedRange(length, state == BlockMap.ZEROS ? ServedRange.Kind.HOLE : ServedRange.Kind.DATA);
    }

    @Override
    public void prefetch(long offset, long length) throws ImagingException {
        beneath.prefetch(offset, length);
    }

    @Override
    public void flush() throws ImagingException {
        file.force();
    }

    /** Forces the file and closes it; removes it if it is not to be kept. What lies beneath is closed by others. */
    @Override
    public void close() throws ImagingException {
        try (file) {
            if (keep) {
                file.force();
            } else {
                file.delete();
            }
        }
    }
}
