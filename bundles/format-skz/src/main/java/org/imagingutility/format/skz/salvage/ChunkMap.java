package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Where the chunks of a damaged image are, and between which of them some are missing.
 *
 * @param list in the order of file and device
 * @param finished whether all chunks of the image were written once
 */
public record ChunkMap(List<ImageRegion> list, boolean finished) {

    /** Copies the list. */
    public ChunkMap {
        list = List.copyOf(list);
    }

    /** Finds them: by the slots that hold, else by searching. */
    public static ChunkMap find(DamagedImage image, SearchMonitor monitor) throws ImagingException {
        List<ImageRegion> known = new ArrayList<>();
        for (IndexSlot slot : new SlotRecovery(image).run()) {
            known.add(ImageRegion.of(slot));
        }
        ChunkSearch search = new ChunkSearch(image, monitor);
        List<ImageRegion> chunks = new ArrayList<>();
        ImageRegion before = null;
        for (ImageRegion next : known) {
            if (next.chunkIndex() != (before == null ? 0 : before.chunkIndex() + 1)) {
                chunks.addAll(search.run(before, next, next.fileStart()));
            }
            chunks.add(next);
            before = next;
        }
        chunks.addAll(search.run(before, null, image.chunksEnd()));
        return complete(image, settled(image, chunks, monitor));
    }

    /** Finds the slot of chunks of which only the head was found, where the heads of their frames dictate it. */
    private static List<ImageRegion> settled(DamagedImage image, List<ImageRegion> chunks, SearchMonitor monitor)
            throws ImagingException {
        List<ImageRegion> settled = new ArrayList<>();
        for (ImageRegion chunk : chunks) {
            ImageRegion before = settled.isEmpty() ? null : settled.get(settled.size() - 1);
            IndexSlot slot = chunk.slot() != null ? null
                    : new ChunkRecovery(image, monitor).recover(chunk, deviceEndBefore(chunk, before)).slot();
            settled.add(slot != null && slot.fileEnd() <= chunk.fileEnd() ? ImageRegion.of(slot) : chunk);
        }
        return settled;
    }

    /** Returns where the chunk before {@code region} ends on the device: there its gap frames begin; -1 if not known. */
    static long deviceEndBefore(ImageRegion region, ImageRegion before) {
        if (region.chunkIndex() == 0) {
            return 0;
        }
        return before != null && before.isChunk() && before.chunkIndex() == region.chunkIndex() - 1 ? before.deviceEnd() : -1;
    }

    /** Adds what lies between chunks whose numbers do not follow each other, and behind the last one. */
    private static ChunkMap complete(DamagedImage image, List<ImageRegion> chunks) throws ImagingException {
        List<ImageRegion> all = new ArrayList<>();
        long fileEnd = image.headerBytes().limit();
        long deviceEnd = 0;
        int nextIndex = 0;
        for (ImageRegion chunk : chunks) {
            if (chunk.chunkIndex() != nextIndex && chunk.deviceStart() > deviceEnd) {
                all.add(ImageRegion.between(fileEnd, chunk.fileStart(), deviceEnd, chunk.deviceStart()));
            }
            all.add(chunk);
            fileEnd = chunk.fileEnd();
            deviceEnd = chunk.deviceEnd();
            nextIndex = chunk.chunkIndex() + 1;
        }
        int count = image.chunkCount();
        boolean allThere = count >= 0 ? nextIndex == count : endsAt(image, nextIndex, fileEnd, deviceEnd);
        if (!allThere && deviceEnd < image.deviceLength()) {
            all.add(ImageRegion.between(fileEnd, image.chunksEnd(), deviceEnd, image.deviceLength()));
        }
        return new ChunkMap(all, count >= 0 || allThere || image.headerCopyFound());
    }

    /** Says whether what follows a finished image's last chunk begins behind the last one found. */
    private static boolean endsAt(DamagedImage image, int chunkCount, long fileEnd, long deviceEnd) throws ImagingException {
        int codec = image.header().spec().codecWireId();
        long gap = image.gapLength(codec, deviceEnd, image.deviceLength());
        long tail = chunkCount > 0 ? fileEnd : behindFirstBlock(image);
        if (gap < 0 || tail > image.in().length() - gap - Structure.TAGGED_LENGTH - Long.BYTES) {
            return false;
        }
        try {
            ByteBuffer next = image.in().read(tail + gap, Structure.TAGGED_LENGTH + Long.BYTES);
            boolean footerCopy = image.in().beginsAt(StructureKind.FOOTER_COPY, tail + gap)
                    && next.getLong(Structure.TAGGED_LENGTH) == image.imageId();
            return footerCopy || gap > 0
                    && image.gaps().firstDifference(codec, image.deviceLength() - deviceEnd, image.in(), tail) < 0;
        } catch (ImageReadException e) {
            // nothing tells, then
            return false;
        }
    }

    private static long behindFirstBlock(DamagedImage image) throws ImagingException {
        long slots = image.header().streamed() ? 0 : Math.max(1, image.header().spec().plannedChunks()) + 1;
        return image.headerBytes().limit() + IndexBlock.HEAD_LENGTH
                + Math.min(slots, Limits.CHUNKS) * IndexSlot.LENGTH;
    }
}
