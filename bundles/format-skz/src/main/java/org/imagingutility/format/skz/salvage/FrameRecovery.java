package org.imagingutility.format.skz.salvage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.FrameWindows;

/**
 * Follows the frames of a chunk whose head holds and whose table does not, from head to head; where one does not hold,
 * searches for the next. For one thread.
 */
final class FrameRecovery {
    private final DamagedImage image;
    private final ChunkDescription chunk;
    private final long bound;
    private final SearchMonitor monitor;
    private final List<FrameEntry> frames = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private long position;
    private long deviceEnd;

    /**
     * Creates a recovery.
     *
     * @param from first byte behind the chunk head
     * @param bound first byte that is surely not part of the chunk
     * @param deviceEnd first byte of device behind the chunk before it, -1 if that is not known
     */
    FrameRecovery(DamagedImage image, ChunkDescription chunk, long from, long bound, long deviceEnd, SearchMonitor monitor) {
        this.image = image;
        this.chunk = chunk;
        this.position = from;
        this.bound = Math.min(bound, image.in().length());
        this.deviceEnd = deviceEnd;
        this.monitor = monitor;
    }

    /** Follows it to its end. */
    FrameRecovery run() throws ImagingException {
        long[] windows = windows();
        int next = 0;
        while (next < windows.length) {
            FrameSearch.Found found = expected(windows[next]);
            int index = next;
            if (found == null) {
                found = search(windows, next);
                index = found == null ? windows.length : Arrays.binarySearch(windows, found.frameIndex());
            }
            if (index > next) {
                lost(windows, next, index, found == null ? Math.max(position, bound) : found.start());
            }
            if (found == null) {
                return this;
            }
            frames.add(found.entry());
            position = found.end();
            deviceEnd = image.windowEnd(found.frameIndex());
            next = index + 1;
        }
        return this;
    }

    List<FrameEntry> frames() {
        return frames;
    }

    List<Damage> damages() {
        return damages;
    }

    /** Returns where the table must stand, -1 if a frame is missing or no file can be so long. */
    long tableOffset() throws ImagingException {
        if (frames.size() != chunk.frameCount()) {
            return -1;
        }
        long gap = image.gapLength(chunk.codecWireId(), deviceEnd, chunk.deviceOffset() + chunk.deviceLength());
        return gap < 0 || gap > Long.MAX_VALUE - position ? -1 : position + gap;
    }

    private long[] windows() {
        long[] windows = new long[chunk.frameCount()];
        FrameWindows all = new FrameWindows(chunk.extents(), image.frameSize());
        for (int i = 0; i < windows.length; i++) {
            windows[i] = all.next();
        }
        return windows;
    }

    private FrameSearch.Found expected(long window) throws ImagingException {
        long gap = deviceEnd < 0 ? -1
                : image.gapLength(chunk.codecWireId(), deviceEnd, window * image.frameSize());
        if (gap < 0 || gap > bound - position) {
            return null;
        }
        FrameSearch.Found found = FrameSearch.read(image, chunk.extents(), position + gap, bound);
        return found != null && found.frameIndex() == window ? found : null;
    }

    private FrameSearch.Found search(long[] windows, int next) throws ImagingException {
        FrameSearch search = new FrameSearch(image, chunk.extents(), position, bound, monitor);
        long behind = windows[windows.length - 1] + 1;
        FrameSearch.Found found = search.next(windows[next], behind);
        while (found != null && Arrays.binarySearch(windows, found.frameIndex()) < 0) {
            found = search.next(windows[next], behind);
        }
        return found;
    }

    private void lost(long[] windows, int from, int to, long fileEnd) {
        long first = windows[from] * image.frameSize();
        damages.add(new Damage(position, Math.max(0, fileEnd - position),
                Optional.of(new Extent(first, image.windowEnd(windows[to - 1]) - first)),
                "chunk " + chunk.chunkIndex() + ": neither its table nor the heads of " + (to - from)
                        + " of its frames hold"));
    }
}
