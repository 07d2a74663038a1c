package org.imagingutility.engine.repair;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.plugin.Plugins;

/**
 * What is left of an image, seen as the device it was made of, so that an allocator can look into it. What was not in use
 * reads as zeros; a read that touches what is lost fails. Made for looking things up, not for reading all: reads wait for
 * each other. Does not own the image.
 */
final class SalvagedDevice implements Device {
    private static final int CHUNKS_KEPT = 4;

    private final SalvagedImage image;
    private final ImageSpec spec;
    private final DeviceInfo info;
    private final ExtentList lost;
    private final FrameDecoder decoder;
    private final List<Salvaged.Chunk> recent = new ArrayList<>();
    private final ByteBuffer content;
    private final ByteBuffer stored;
    private long contentWindow = -1;

    /**
     * Creates the view.
     *
     * @throws IllegalArgumentException if the sector size is none that a device has
     */
    SalvagedDevice(Plugins plugins, String reference, SalvagedImage image, ExtentList lost, int storedSize) {
        this.image = image;
        this.spec = image.spec();
        this.lost = lost;
        this.info = new DeviceInfo(reference, DeviceKind.FILE, spec.deviceLength(), spec.sectorSize(), "",
                Optional.empty(), List.of(), true);
        this.decoder = new FrameDecoder(plugins, reference);
        this.content = ByteBuffer.allocateDirect(spec.frameSize());
        this.stored = ByteBuffer.allocateDirect(storedSize);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImagingException {
        if (offset < 0 || target.remaining() > spec.deviceLength() - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + target.remaining() + " are not on the device of "
                    + spec.deviceLength() + " bytes");
        }
        int missing = lost.firstEndingAfter(offset);
        if (missing < lost.count() && lost.offset(missing) < offset + target.remaining()) {
            throw unreadable(Math.max(offset, lost.offset(missing)), "is lost");
        }
        long position = offset;
        while (target.hasRemaining()) {
            long window = position / spec.frameSize();
            int from = (int) (position - window * spec.frameSize());
            int bytes = Math.min(target.remaining(), spec.contentLength(window) - from);
            if (fill(window)) {
                target.put(content.duplicate().limit(from + bytes).position(from));
            } else {
                target.put(ByteBuffer.allocate(bytes));
            }
            position += bytes;
        }
    }

    /** Makes {@link #content} that of a window; false if nothing of it was in use. */
    private boolean fill(long window) throws ImagingException {
        if (window == contentWindow) {
            return true;
        }
        long offset = window * spec.frameSize();
        Salvaged.Chunk chunk = chunk(offset);
        FrameEntry entry = chunk == null ? null : entry(chunk, window);
        if (entry == null) {
            return false;
        }
        contentWindow = -1;
        if (entry.frame().storedLength() > stored.capacity()) {
            throw unreadable(offset, "its frame is said to be stored as " + entry.frame().storedLength() + " bytes");
        }
        image.readStored(entry, stored.clear().limit(entry.frame().storedLength()));
        Optional<String> problem = decoder.problem(entry.frame(), chunk.codecWireId(), stored.flip(), content);
        if (problem.isPresent()) {
            throw unreadable(offset, problem.get());
        }
        contentWindow = window;
        return true;
    }

    private Salvaged.Chunk chunk(long offset) throws ImagingException {
        for (Salvaged.Chunk chunk : recent) {
            if (offset >= chunk.plan().deviceOffset()
                    && offset < chunk.plan().deviceOffset() + chunk.plan().deviceLength()) {
                return chunk;
            }
        }
        Salvaged.Chunk found = image.chunkAt(offset).orElse(null);
        if (found != null) {
            recent.add(0, found);
            if (recent.size() > CHUNKS_KEPT) {
                recent.remove(CHUNKS_KEPT);
            }
        }
        return found;
    }

    private static FrameEntry entry(Salvaged.Chunk chunk, long window) {
        int low = 0;
        int high = chunk.frames().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunk.frames().get(middle).frame().frameIndex() < window) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean found = low < chunk.frames().size() && chunk.frames().get(low).frame().frameIndex() == window;
        return found ? chunk.frames().get(low) : null;
    }

    private DeviceException unreadable(long offset, String reason) {
        return new DeviceException(info.reference(), offset, reason, null, null);
    }

    @Override
    public synchronized void close() {
        decoder.close();
    }
}
