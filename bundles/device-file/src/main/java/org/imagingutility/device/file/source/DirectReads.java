package org.imagingutility.device.file.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.channel.Transfers;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.UncachedFile;

/**
 * Reads past the page cache. That reads whole pages: for one unreadable sector it refuses the good ones beside it, and it
 * answers from memory for a device that is no longer there. Opened when it is first needed. Used by several threads at once.
 *
 * <p>Direct reads begin and end at multiples of the block size the file system names (statvfs {@code f_frsize}, which Java
 * insists on): 512 bytes for a FUSE file, 4096 for ext4 and for block devices (observed on Linux 6, November 2026). Where that is
 * more than a sector, a sector is read with those that share its block.
 */
final class DirectReads implements AutoCloseable {
    private static final int LARGEST_BLOCK = 1 << 20;

    private final DeviceInfo info;
    private final Handle file;
    private final FileChannel cached;
    private UncachedFile uncached;
    private int blockSize;
    private boolean tried;
    private boolean closed;

    /** Creates the reads; {@code cached} is used where there are no direct ones, and stays the caller's. */
    DirectReads(DeviceInfo info, Handle file, FileChannel cached) {
        this.info = info;
        this.file = file;
        this.cached = cached;
    }

    /** Reads like {@link Transfers#read}. */
    void read(long offset, ByteBuffer target) throws DeviceException {
        Optional<UncachedFile> direct = direct();
        if (direct.isEmpty()) {
            Transfers.read(info, cached, offset, target);
            return;
        }
        int length = target.remaining();
        long from = offset - offset % blockSize;
        long to = (offset + length + blockSize - 1) / blockSize * blockSize;
        boolean aligned = from == offset && to == offset + length
                && target.alignmentOffset(target.position(), blockSize) == 0;
        if (aligned) {
            fill(direct.get(), from, target, to);
            return;
        }
        ByteBuffer blocks = ByteBuffer.allocateDirect(Math.toIntExact(to - from) + blockSize).alignedSlice(blockSize)
                .limit(Math.toIntExact(to - from));
        fill(direct.get(), from, blocks, offset + length);
        target.put(blocks.flip().position((int) (offset - from)).limit((int) (offset - from) + length));
    }

    /** Reads into {@code target} until it holds all up to {@code needed}, a byte of the device. */
    private void fill(UncachedFile direct, long from, ByteBuffer target, long needed) throws DeviceException {
        int begin = target.position();
        long at = from;
        while (at < needed) {
            int count;
            try {
                count = direct.read(target, at);
            } catch (IOException e) {
                throw IoErrors.reading(info.reference(), at, e);
            }
            long next = from + (target.position() - begin);
            if (count <= 0) {
                throw Transfers.ended(info, next);
            }
            if (next < needed && next % blockSize != 0) {
                // what lies before an unreadable sector was delivered; from there no further direct read can begin
                throw new DeviceException(info.reference(), next, "cannot be read: the read ended here", null, null);
            }
            at = next;
        }
    }

    private synchronized Optional<UncachedFile> direct() {
        if (!tried && !closed) {
            tried = true;
            try {
                Optional<UncachedFile> opened = UncachedFile.open(file);
                if (opened.isPresent() && opened.get().blockSize() <= LARGEST_BLOCK) {
                    uncached = opened.get();
                    blockSize = uncached.blockSize();
                } else if (opened.isPresent()) {
                    opened.get().close();
                }
            } catch (IOException e) {
                // this file system or platform has no direct reads; the cached ones do what they can
                System.getLogger(DirectReads.class.getName()).log(System.Logger.Level.DEBUG, "no direct reads of " + info.reference(), e);
            }
        }
        return Optional.ofNullable(uncached);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (uncached != null) {
            uncached.close();
        }
    }
}
