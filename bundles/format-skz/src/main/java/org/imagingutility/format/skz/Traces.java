package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;

/**
 * Where the chunks of a damaged image are, and between which of them some are missing.
 *
 * @param list in the order of file and device
 * @param finished whether all chunks of the image were written once
 */
record Traces(List<Trace> list, boolean finished) {

    /** Copies the list. */
    Traces {
        list = List.copyOf(list);
    }

    /** Finds them: by the slots that hold, else by searching. */
    static Traces find(ImageTrace image, SearchMonitor monitor) throws ImagingException {
        List<Trace> known = new ArrayList<>();
        for (IndexSlot slot : new SlotSources(image).run()) {
            known.add(Trace.of(slot));
        }
        ChunkSearch search = new ChunkSearch(image, monitor);
        List<Trace> chunks = new ArrayList<>();
        Trace before = null;
        for (Trace next : known) {
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
    private static List<Trace> settled(ImageTrace image, List<Trace> chunks, SearchMonitor monitor) throws ImagingException {
        List<Trace> settled = new ArrayList<>();
        for (Trace chunk : chunks) {
            Trace before = settled.isEmpty() ? null : settled.get(settled.size() - 1);
            IndexSlot slot = chunk.slot() != null ? null
                    : new ChunkRescue(image, monitor).rescue(chunk, deviceEndBefore(chunk, before)).slot();
            settled.add(slot != null && slot.fileEnd() <= chunk.fileEnd() ? Trace.of(slot) : chunk);
        }
        return settled;
    }

    /** Returns where the chunk before {@code trace} ends on the device: there its gap frames begin; -1 if not known. */
    static long deviceEndBefore(Trace trace, Trace before) {
        if (trace.chunkIndex() == 0) {
            return 0;
        }
        return before != null && before.isChunk() && before.chunkIndex() == trace.chunkIndex() - 1 ? before.deviceEnd() : -1;
    }

    /** Adds what lies between chunks whose numbers do not follow each other, and behind the last one. */
    private static Traces complete(ImageTrace image, List<Trace> chunks) throws ImagingException {
        List<Trace> all = new ArrayList<>();
        long fileEnd = image.headerBytes().limit();
        long deviceEnd = 0;
        int nextIndex = 0;
        for (Trace chunk : chunks) {
            if (chunk.chunkIndex() != nextIndex && chunk.deviceStart() > deviceEnd) {
                all.add(Trace.between(fileEnd, chunk.fileStart(), deviceEnd, chunk.deviceStart()));
            }
            all.add(chunk);
            fileEnd = chunk.fileEnd();
            deviceEnd = chunk.deviceEnd();
            nextIndex = chunk.chunkIndex() + 1;
        }
        int count = image.chunkCount();
        boolean allThere = count >= 0 ? nextIndex == count : endsAt(image, nextIndex, fileEnd, deviceEnd);
        if (!allThere && deviceEnd < image.deviceLength()) {
            all.add(Trace.between(fileEnd, image.chunksEnd(), deviceEnd, image.deviceLength()));
        }
        return new Traces(all, count >= 0 || allThere || image.headerCopyFound());
    }

    /** Says whether what follows a finished image's last chunk begins behind the last one found. */
    private static boolean endsAt(ImageTrace image, int chunkCount, long fileEnd, long deviceEnd) throws ImagingException {
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

    private static long behindFirstBlock(ImageTrace image) throws ImagingException {
        long slots = image.header().streamed() ? 0 : Math.max(1, image.header().spec().plannedChunks()) + 1;
        return image.headerBytes().limit() + IndexBlock.HEAD_LENGTH
                + Math.min(slots, Limits.CHUNKS) * IndexSlot.LENGTH;
    }
}
