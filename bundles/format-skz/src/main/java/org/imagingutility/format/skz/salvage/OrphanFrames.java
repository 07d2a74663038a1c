package org.imagingutility.format.skz.salvage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.structure.Limits;

/**
 * What is left where no chunk tells of its frames: each frame that is found by its head is one, what lies between two of
 * them is lost unless the file shows that it was a gap. Holds one chunk's frames at a time. For one thread.
 */
final class OrphanFrames {
    private final DamagedImage image;
    private final ImageRegion region;
    private final int codecWireId;
    private final Consumer<Damage> damages;
    private final FrameSearch search;
    private final long behind;
    private FrameSearch.Found next;
    private long window;
    private long fileEnd;
    /** Whether what stands before {@link #fileEnd} is the frame before {@link #window}. */
    private boolean afterFrame;

    OrphanFrames(DamagedImage image, ImageRegion region, Consumer<Damage> damages, SearchMonitor monitor)
            throws ImagingException {
        this.image = image;
        this.region = region;
        this.codecWireId = region.slot() == null ? image.header().spec().codecWireId() : region.slot().chunk().codecWireId();
        this.damages = damages;
        this.search = new FrameSearch(image, image.anyExtents(), region.fileStart(), region.fileEnd(), monitor);
        this.window = region.deviceStart() / image.frameSize();
        this.behind = (region.deviceEnd() - 1) / image.frameSize() + 1;
        this.fileEnd = region.fileStart();
        this.next = search.next(window, behind);
    }

    /** Returns the next part, null at the end. */
    Salvaged next() throws ImagingException {
        if (next != null && next.frameIndex() > window && isGap(next)) {
            window = next.frameIndex();
        }
        if (next != null && next.frameIndex() == window) {
            return chunk();
        }
        long lostBehind = next == null ? behind : next.frameIndex();
        if (window >= lostBehind) {
            return null;
        }
        Extent device = range(window, lostBehind);
        long to = next == null ? Math.min(region.fileEnd(), image.in().length()) : next.start();
        damages.accept(new Damage(fileEnd, Math.max(0, to - fileEnd), Optional.of(device), (region.isChunk()
                ? "chunk " + region.chunkIndex() + ": neither its head nor its table holds"
                : "no chunk was found for this part of the device") + "; what was in use there is not known"));
        window = lostBehind;
        afterFrame = false;
        return new Salvaged.Lost(device);
    }

    /** Returns the frames from the next one on that follow each other with nothing but gaps between them. */
    private Salvaged chunk() throws ImagingException {
        long first = window;
        long most = Math.max(1, Math.min(Limits.FRAMES_PER_CHUNK, image.header().spec().chunkSize() / image.frameSize()));
        List<FrameEntry> frames = new ArrayList<>();
        ExtentList.Builder extents = new ExtentList.Builder();
        while (next != null && next.frameIndex() - first < most
                && (next.frameIndex() == window || isGap(next))) {
            Extent device = range(next.frameIndex(), next.frameIndex() + 1);
            extents.add(device.offset(), device.length());
            frames.add(next.entry());
            window = next.frameIndex() + 1;
            fileEnd = next.end();
            afterFrame = true;
            next = search.next(window, behind);
        }
        Extent device = range(first, window);
        return new Salvaged.Chunk(new ChunkPlan(device.offset(), device.length(), extents.build()), codecWireId, frames);
    }

    /** Says whether the windows before {@code found} are shown by the file to be a gap. */
    private boolean isGap(FrameSearch.Found found) throws ImagingException {
        return afterFrame && image.gapLength(codecWireId, window * image.frameSize(), found.frameIndex() * image.frameSize())
                == found.start() - fileEnd;
    }

    private Extent range(long from, long to) {
        long start = from * image.frameSize();
        return new Extent(start, image.windowEnd(to - 1) - start);
    }
}
