package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Finds chunks by their own structures in a part of a file that no index slot tells of: goes from chunk to chunk as long
 * as they are whole, and searches for the next head or table where they are not. For one thread.
 */
final class ChunkSearch {
    private final DamagedImage image;
    private final SearchMonitor monitor;
    private final ChunkWalker walker;
    private final List<ImageRegion> found = new ArrayList<>();
    private long end;
    private int behindIndex;
    private long deviceLimit;
    private int nextIndex;
    private long fileEnd;
    private long deviceEnd;
    private ChunkDescription openHead;
    private long openOffset;

    ChunkSearch(DamagedImage image, SearchMonitor monitor) {
        this.image = image;
        this.monitor = monitor;
        this.walker = new ChunkWalker(image.in(), image.header(), image.imageId(), image.gaps());
    }

    /**
     * Searches behind {@code before} (null: behind the header) and before {@code after} (null: up to byte {@code limit}).
     */
    List<ImageRegion> run(ImageRegion before, ImageRegion after, long limit) throws ImagingException {
        found.clear();
        nextIndex = before == null ? 0 : before.chunkIndex() + 1;
        fileEnd = before == null ? image.headerBytes().limit() : before.fileEnd();
        deviceEnd = before == null ? 0 : before.deviceEnd();
        behindIndex = after == null ? indexLimit() : after.chunkIndex();
        deviceLimit = after == null ? image.deviceLength() : after.deviceStart();
        end = Math.min(after == null ? limit : after.fileStart(), image.in().length());
        openHead = null;
        if (end > fileEnd && nextIndex < behindIndex) {
            search();
        }
        return List.copyOf(found);
    }

    private int indexLimit() {
        return image.chunkCount() < 0 ? Limits.CHUNKS : image.chunkCount();
    }

    private void search() throws ImagingException {
        StructureScan scan = new StructureScan(image.in(), image.imageId(), fileEnd, end,
                EnumSet.of(StructureKind.CHUNK_HEAD, StructureKind.CHUNK_TABLE, StructureKind.FOOTER_COPY), monitor);
        for (long offset = scan.next(); offset >= 0; offset = scan.next()) {
            ByteBuffer whole = scan.whole(offset);
            if (whole == null) {
                continue;
            }
            long structureEnd = offset + whole.limit();
            switch (scan.kind()) {
                case CHUNK_HEAD -> scan.goOnAt(head(whole, offset) ? fileEnd : structureEnd);
                case CHUNK_TABLE -> {
                    table(whole, offset);
                    scan.goOnAt(structureEnd);
                }
                default -> {
                    // behind it there are no chunks
                    close(offset);
                    return;
                }
            }
        }
        close(end);
    }

    /** Takes a head; says whether all of its chunk was found. */
    private boolean head(ByteBuffer whole, long offset) throws ImagingException {
        ChunkDescription head;
        try {
            head = ChunkHead.parse(whole, image.imageId(), image.header().spec(), image.in().place(offset));
        } catch (ImageDamagedException e) {
            // its values do not fit the image: no head of this one
            return false;
        }
        if (!fits(head.chunkIndex(), head.deviceOffset(), head.deviceOffset() + head.deviceLength(), offset)
                || openHead != null && head.chunkIndex() <= openHead.chunkIndex()) {
            return false;
        }
        close(offset);
        try {
            add(ImageRegion.of(walker.chunk(offset, head.chunkIndex(), deviceEnd)));
            return true;
        } catch (ImageDamagedException | ImageReadException e) {
            // not whole: what of it is found depends on whether its table holds
            openHead = head;
            openOffset = offset;
            return false;
        }
    }

    private void table(ByteBuffer whole, long offset) throws ImagingException {
        IndexSlot slot;
        try {
            slot = SlotFromTable.of(image, whole, offset);
        } catch (ImageDamagedException e) {
            // its values do not fit the image: no table of this one
            return;
        }
        long chunkOffset = slot.chunk().fileOffset();
        if (!fits(slot.chunk().chunkIndex(), slot.chunk().deviceOffset(), slot.deviceEnd(), chunkOffset)) {
            return;
        }
        if (openHead != null && openOffset < chunkOffset && openHead.chunkIndex() < slot.chunk().chunkIndex()) {
            close(chunkOffset);
        }
        if (openHead == null || openHead.chunkIndex() == slot.chunk().chunkIndex()) {
            openHead = null;
            add(ImageRegion.of(slot));
        }
    }

    private boolean fits(int chunkIndex, long deviceFrom, long deviceTo, long offset) {
        return chunkIndex >= nextIndex && chunkIndex < behindIndex && deviceFrom >= deviceEnd && deviceTo <= deviceLimit
                && offset >= fileEnd;
    }

    /** Ends the chunk of which only the head was found, before byte {@code offset}. */
    private void close(long offset) {
        if (openHead != null) {
            ChunkDescription head = openHead;
            openHead = null;
            if (fits(head.chunkIndex(), head.deviceOffset(), head.deviceOffset() + head.deviceLength(), openOffset)) {
                add(ImageRegion.ofHead(head, openOffset, offset));
            }
        }
    }

    private void add(ImageRegion region) {
        found.add(region);
        nextIndex = region.chunkIndex() + 1;
        fileEnd = region.fileEnd();
        deviceEnd = region.deviceEnd();
    }
}
