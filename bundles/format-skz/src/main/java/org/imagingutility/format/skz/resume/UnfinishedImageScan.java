package org.imagingutility.format.skz.resume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.PartialChunk;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.format.skz.check.ChunkLayout;
import org.imagingutility.format.skz.check.KnownImage;
import org.imagingutility.format.skz.check.LayoutCheck;
import org.imagingutility.format.skz.file.ChunkWalk;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.FeatureFlags;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.read.ImageOpener;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Finds out what is whole of an image that was not finished. A chunk that its index slot tells of was forced before the
 * slot was written: it counts if it stands where it must and all of it but the stored bytes of its frames holds; those are
 * for the caller to look at. Anything else may be cut, zeros or garbage, whatever a file system left: it counts only when
 * each of its bytes was read and checked. For one thread.
 */
public final class UnfinishedImageScan {
    private static final int READ_COMPATIBLE_AT = 24;

    private final ImageInput in;
    private final ByteBuffer headerBytes;
    private final Header header;
    private final long imageId;
    private final CodecLookup codecs;
    private final ChunkWalker walker;
    private final KnownImage image;
    private final ChunkLayout layout;
    private final List<IndexBlock> blocks = new ArrayList<>();
    private final List<IndexSlot> slots = new ArrayList<>();
    private ChunkWalk partial;
    private String damage;
    private long position;

    private UnfinishedImageScan(ImageInput in, ByteBuffer headerBytes, Header header, CodecLookup codecs) {
        this.in = in;
        this.headerBytes = headerBytes;
        this.header = header;
        this.imageId = SkzDigests.imageId(headerBytes);
        this.codecs = codecs;
        this.walker = new ChunkWalker(in, header, imageId, new GapFrames(codecs, in.image(), header));
        this.image = new KnownImage(in, headerBytes, header, imageId, Optional.empty(), -1, codecs);
        this.layout = new ChunkLayout(image);
    }

    /** Finds out what is whole in {@code file}; changes nothing. */
    public static SkzUnfinishedImage of(ImageFile file, CodecLookup codecs) throws ImagingException {
        if (!file.seekable()) {
            throw new ImageFormatException(file.reference(), -1, "cannot be resumed: it is written in one pass",
                    "make the image again");
        }
        ImageInput in = new ImageInput(file);
        ByteBuffer headerBytes = header(in);
        Header header = Header.parse(headerBytes, in.place(0));
        refuseUnlessUnfinished(in, headerBytes, header);
        return new SkzUnfinishedImage(new UnfinishedImageScan(in, headerBytes, header, codecs).wholePart(), codecs);
    }

    private static ByteBuffer header(ImageInput in) throws ImagingException {
        if (!in.beginsAt(StructureKind.HEADER, 0) && in.endLocator().isEmpty()) {
            throw new ImageFormatException(in.image(), 0, "is no skz image: it does not begin as one",
                    "give the image that was started, or make it again");
        }
        try {
            ByteBuffer bytes = in.structure(StructureKind.HEADER, 0, in.length());
            Header.parse(bytes, in.place(0));
            return bytes;
        } catch (ImageDamagedException e) {
            throw needsRepair(in, e);
        }
    }

    private static ImageDamagedException needsRepair(ImageInput in, ImageDamagedException cause) {
        ImageDamagedException damaged = new ImageDamagedException(in.image(), cause.offset(), cause.reason(),
                "an image is resumed only if its begin holds; try repair, or make it again");
        damaged.addSuppressed(cause);
        return damaged;
    }

    private static void refuseUnlessUnfinished(ImageInput in, ByteBuffer headerBytes, Header header)
            throws ImagingException {
        int unknown = headerBytes.getInt(READ_COMPATIBLE_AT) & ~FeatureFlags.KNOWN_READ_COMPATIBLE;
        if (unknown != 0) {
            throw new ImageFormatException(in.image(), READ_COMPATIBLE_AT, "has features 0x%X that this program does not know"
                    .formatted(unknown) + ", so it must not change it", "use a newer version of this program");
        }
        Optional<Footer> footer = ImageOpener.completeBy(in);
        if (footer.isPresent() && footer.get().imageId() == SkzDigests.imageId(headerBytes)) {
            throw new ImageFormatException(in.image(), footer.get().fileOffset(), "the image is complete",
                    "there is nothing to resume");
        }
        if (footer.isPresent()) {
            throw new ImageFormatException(in.image(), footer.get().fileOffset(),
                    "the image ends with the footer of another one",
                    "try repair, or make it again");
        }
        if (header.streamed()) {
            throw new ImageFormatException(in.image(), 0, "was written in one pass and cannot be resumed",
                    "try repair to save what is there, or make it again");
        }
    }

    private ValidPrefix wholePart() throws ImagingException {
        IndexBlock block = firstBlock();
        int first = 0;
        boolean goesOn = true;
        while (goesOn && slots.size() < Limits.CHUNKS) {
            if (slots.size() - first == block.capacity()) {
                Optional<IndexBlock> next = nextBlock(block);
                if (next.isEmpty()) {
                    break;
                }
                first = slots.size();
                block = next.get();
                enter(block);
            }
            goesOn = passChunk(block.slotOffset(slots.size() - first));
        }
        Optional<PartialChunk> chunk = partial != null && !partial.frames().isEmpty() && canBeContinued(partial)
                ? Optional.of(describe(partial)) : Optional.empty();
        long end = slots.isEmpty() ? blocks.get(0).end() : slots.get(slots.size() - 1).fileEnd();
        return new ValidPrefix(in, headerBytes, header, imageId, List.copyOf(blocks), List.copyOf(slots), chunk,
                chunk.isPresent() ? partial.position() : end, Optional.ofNullable(damage));
    }

    private void enter(IndexBlock block) {
        blocks.add(block);
        position = block.end();
    }

    private IndexBlock firstBlock() throws ImagingException {
        try {
            IndexBlock block = usableBlock(headerBytes.limit(), 0);
            enter(block);
            return block;
        } catch (ImageDamagedException e) {
            throw needsRepair(in, e);
        }
    }

    private IndexBlock usableBlock(long offset, int blockIndex) throws ImagingException {
        IndexBlock block = in.indexBlock(offset, blockIndex, imageId, in.length());
        if (block.capacity() == 0) {
            throw in.place(offset).damaged("index block " + blockIndex + " has " + block.slotCount() + " slots");
        }
        return block;
    }

    /**
     * Returns the block behind a full one. It stands right behind the last chunk, linked or, if the writer was stopped in
     * between, not yet linked.
     */
    private Optional<IndexBlock> nextBlock(IndexBlock full) throws ImagingException {
        ByteBuffer last = in.read(full.slotOffset(full.capacity()), IndexSlot.LENGTH);
        boolean linked = IndexSlot.continuationAt(last, 0, imageId) == position;
        if (!linked && !in.beginsAt(StructureKind.INDEX, position)) {
            return Optional.empty();
        }
        try {
            return Optional.of(usableBlock(position, full.blockIndex() + 1));
        } catch (ImageDamagedException e) {
            // a block is forced before it is linked
            damage = linked ? e.getMessage() : null;
            return Optional.empty();
        }
    }

    /** Passes the next chunk, if it is whole; {@code slotOffset} is the place of its index slot. */
    private boolean passChunk(long slotOffset) throws ImagingException {
        String slotFault = null;
        ByteBuffer bytes = in.read(slotOffset, IndexSlot.LENGTH);
        if (!isZero(bytes)) {
            try {
                enter(requireHeld(IndexSlot.parse(bytes, 0, slots.size(), header.spec(), imageId, in.place(slotOffset)),
                        slotOffset));
                return true;
            } catch (ImageDamagedException e) {
                slotFault = e.getMessage();
            }
        }
        try {
            partial = walker.checking(position, slots.size(), deviceEnd());
            while (partial.hasNext()) {
                partial.next();
            }
            enter(partial.end());
            partial = null;
            return true;
        } catch (ImageDamagedException e) {
            // here the whole part ends; that is damage only if the index says that there was more
            damage = slotFault;
            return false;
        }
    }

    private static boolean isZero(ByteBuffer bytes) {
        return bytes.mismatch(ByteBuffer.allocate(bytes.remaining())) < 0;
    }

    /** Checks that the chunk of a slot stands where it must, and all of it but the stored bytes of its frames. */
    private IndexSlot requireHeld(IndexSlot slot, long slotOffset) throws ImagingException {
        if (slot.chunk().fileOffset() != position || slot.chunk().deviceOffset() < deviceEnd()) {
            throw in.place(slotOffset).damaged("by the index, chunk " + slot.chunk().chunkIndex() + " stands at byte "
                    + slot.chunk().fileOffset() + ", for byte " + slot.chunk().deviceOffset() + " of the device; expected "
                    + position + ", for byte " + deviceEnd() + " or behind");
        }
        if (slot.fileEnd() > in.length()) {
            throw in.place(in.length()).damaged("the file ends here; by the index, chunk " + slot.chunk().chunkIndex()
                    + " continues to byte " + slot.fileEnd());
        }
        ChunkTable table = in.table(slot, imageId, header.spec());
        List<Damage> damages = new ArrayList<>();
        layout.visit(slot, table, deviceEnd(), new LayoutCheck(in, image.gaps(), damages::add));
        if (!damages.isEmpty()) {
            throw in.place(damages.get(0).fileOffset()).damaged(damages.get(0).reason());
        }
        return slot;
    }

    /** Says whether the frames that are missing in the chunk can be made as those that are there were. */
    private boolean canBeContinued(ChunkWalk walk) throws ImagingException {
        ChunkDescription chunk = walk.description();
        String neededBy = Header.neededBy(header.spec(), in.image(), chunk.codecWireId());
        CodecTraits codec = codecs.byWireId(chunk.codecWireId(), neededBy).traits();
        if (chunk.level() >= codec.minLevel() && chunk.level() <= codec.maxLevel()) {
            return true;
        }
        damage = in.place(walk.fileOffset()).damaged("the head of chunk " + chunk.chunkIndex() + " names level "
                + chunk.level() + " of its codec, expected " + codec.minLevel() + " to " + codec.maxLevel()).getMessage();
        return false;
    }

    private void enter(IndexSlot slot) {
        slots.add(slot);
        position = slot.fileEnd();
    }

    private long deviceEnd() {
        return slots.isEmpty() ? 0 : slots.get(slots.size() - 1).deviceEnd();
    }

    private static PartialChunk describe(ChunkWalk walk) {
        ChunkDescription chunk = walk.description();
        ChunkPlan plan = new ChunkPlan(chunk.deviceOffset(), chunk.deviceLength(), chunk.extents());
        return new PartialChunk(plan, chunk.codecWireId(), chunk.level(), walk.frames());
    }
}
