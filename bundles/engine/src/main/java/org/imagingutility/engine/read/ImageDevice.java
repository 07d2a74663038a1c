package org.imagingutility.engine.read;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.Plugins;

/**
 * An image seen as the device it was made of, so that an allocator can look into it. What the image does not hold reads
 * as zeros. A read that touches a damaged frame or chunk, or bytes that were unreadable when the image was made, fails
 * with a {@link DeviceException} whose offset is the first byte on the device that cannot be had; what lies before and
 * behind it can be read.
 *
 * <p>Holds a few decoded frames and chunk tables, at least one of each and no more than a fixed number of bytes beyond
 * that, whatever the size of the image. Reads from several threads wait for each other: made for looking things up, not for
 * reading all. Does not own the reader.
 */
public final class ImageDevice implements Device {
    private final ImageReader reader;
    private final ImageSpec spec;
    private final DeviceInfo info;
    private final ChunkTableCache tables;
    private final FrameCache frames;
    private boolean closed;

    /**
     * Creates the view. Reads nothing.
     *
     * @param image reference of the image, for messages
     * @throws ImageFormatException if the image was made of no device that can be looked into: an odd sector size
     * @throws PluginMissingException if a codec the image needs is not installed
     */
    public ImageDevice(Plugins plugins, String image, ImageReader reader) throws ImagingException {
        this.reader = reader;
        this.spec = reader.info().spec();
        this.tables = new ChunkTableCache(reader);
        this.frames = new FrameCache(plugins, image, reader, StoredFrameSize.largest(plugins, image, reader));
        try {
            this.info = new DeviceInfo(image, DeviceKind.FILE, spec.deviceLength(), spec.sectorSize(), "", Optional.empty(),
                    List.of(), true);
        } catch (IllegalArgumentException e) {
            throw new ImageFormatException(image, -1, "cannot be looked into as a device: " + e.getMessage(), null);
        }
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImagingException {
        checkRange(offset, target.remaining());
        if (closed) {
            throw new DeviceException(info.reference(), offset, "is closed", null, null);
        }
        int limit = target.limit();
        long position = offset;
        try {
            while (target.position() < limit) {
                long window = position / spec.frameSize();
                int from = (int) (position - window * spec.frameSize());
                int bytes = Math.min(limit - target.position(), spec.contentLength(window) - from);
                target.limit(target.position() + bytes);
                copy(window, from, position, target);
                position += bytes;
                target.limit(limit);
            }
        } finally {
            target.limit(limit);
        }
    }

    /** Returns how many decoded frames are held. */
    synchronized int framesHeld() {
        return frames.held();
    }

    /** Gives the memory back. The reader stays open: it is the caller's. */
    @Override
    public synchronized void close() {
        closed = true;
        frames.close();
        tables.clear();
    }

    /** Fills {@code target} from byte {@code from} of a window on, which is byte {@code position} of device. */
    private void copy(long window, int from, long position, ByteBuffer target) throws ImagingException {
        int chunkIndex = reader.findChunk(position);
        FrameEntry entry = null;
        ChunkTable table = null;
        if (chunkIndex >= 0) {
            table = table(chunkIndex, position);
            entry = entry(table, window);
        }
        if (entry == null) {
            zero(target);
            return;
        }
        ExtentList unreadable = entry.frame().unreadable();
        int first = unreadable.firstEndingAfter(position);
        if (first < unreadable.count() && unreadable.offset(first) < position + target.remaining()) {
            throw new DeviceException(info.reference(), Math.max(position, unreadable.offset(first)),
                    "was unreadable when the image was made", null, null);
        }
        if (entry.frame().contentLength() != spec.contentLength(window)) {
            throw new DeviceException(info.reference(), position, "frame " + window + " of the image holds "
                    + entry.frame().contentLength() + " bytes, expected " + spec.contentLength(window), null, null);
        }
        StoredFrame task = new StoredFrame(table, entry, window * spec.frameSize());
        target.put(frames.content(task, position).duplicate().position(from).limit(from + target.remaining()));
    }

    private ChunkTable table(int chunkIndex, long position) throws ImagingException {
        try {
            return tables.table(chunkIndex);
        } catch (ImageDamagedException e) {
            throw new DeviceException(info.reference(), position, "chunk " + chunkIndex + " of the image is damaged: "
                    + e.reason(), null, e);
        }
    }

    /** Returns the frame of a window; null if the image holds none, which stands for zeros. */
    private static FrameEntry entry(ChunkTable table, long window) {
        List<FrameEntry> entries = table.frames();
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).frame().frameIndex() < window) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < entries.size() && entries.get(low).frame().frameIndex() == window ? entries.get(low) : null;
    }

    private static void zero(ByteBuffer target) {
        while (target.remaining() >= Long.BYTES) {
            target.putLong(0);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    private void checkRange(long offset, int bytes) {
        boolean inside = offset >= 0 && offset <= info.length() && bytes <= info.length() - offset;
        boolean aligned = offset % info.sectorSize() == 0
                && (bytes % info.sectorSize() == 0 || offset + bytes == info.length());
        if (!inside || !aligned) {
            throw new IllegalArgumentException("bytes " + offset + "+" + bytes + " of a device of " + info.length()
                    + " with sectors of " + info.sectorSize());
        }
    }
}
