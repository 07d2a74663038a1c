package org.imagingutility.format.skz.resume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * Makes the index of an unfinished image what it must be for the chunks that are kept: whatever else stands in a slot, of
 * a chunk that is not kept, torn, or garbage, goes. For one thread.
 */
final class FrontIndexRestore {
    private static final int SLOTS_AT_ONCE = 512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Slots side by side that are to be made empty. */
    private record Run(long offset, int slots) {
    }

    /** A slot that is to be filled. */
    private record Change(long offset, ByteBuffer slot) {
    }

    private final ValidPrefix whole;
    private final int kept;
    private final int lastBlock;
    private final ByteBuffer expected = ByteBuffer.allocate(IndexSlot.LENGTH).order(ORDER);
    private final List<Run> emptied = new ArrayList<>();
    private final List<Change> filled = new ArrayList<>();

    /** Finds out what is to be changed in the blocks up to {@code lastBlock} for the first {@code kept} chunks. */
    FrontIndexRestore(ValidPrefix whole, int kept, int lastBlock) throws ImagingException {
        this.whole = whole;
        this.kept = kept;
        this.lastBlock = lastBlock;
        int first = 0;
        for (IndexBlock block : whole.blocks().subList(0, lastBlock + 1)) {
            for (int slot = 0; slot < block.slotCount(); slot += SLOTS_AT_ONCE) {
                compare(block, slot, Math.min(SLOTS_AT_ONCE, block.slotCount() - slot), first);
            }
            first += block.capacity();
        }
    }

    private void compare(IndexBlock block, int from, int count, int firstChunk) throws ImagingException {
        ByteBuffer found = whole.in().read(block.slotOffset(from), count * IndexSlot.LENGTH);
        for (int slot = from; slot < from + count; slot++) {
            boolean empty = !expect(block, slot, firstChunk + slot);
            if (found.slice((slot - from) * IndexSlot.LENGTH, IndexSlot.LENGTH).mismatch(expected) < 0) {
                continue;
            }
            if (empty) {
                addEmptied(block.slotOffset(slot));
            } else {
                filled.add(new Change(block.slotOffset(slot),
                        ByteBuffer.allocateDirect(IndexSlot.LENGTH).put(expected.duplicate()).flip()));
            }
        }
    }

    /** Puts together what must stand in a slot; says whether that is anything. */
    private boolean expect(IndexBlock block, int slot, int chunkIndex) {
        expected.clear();
        boolean full = slot == block.capacity() ? block.blockIndex() < lastBlock : chunkIndex < kept;
        if (!full) {
            expected.put(new byte[IndexSlot.LENGTH]);
        } else if (slot == block.capacity()) {
            expected.put(IndexSlot.continuation(whole.blocks().get(block.blockIndex() + 1).fileOffset(), whole.imageId()));
        } else {
            whole.slots().get(chunkIndex).encode(expected, whole.imageId());
        }
        expected.flip();
        return full;
    }

    private void addEmptied(long offset) {
        Run last = emptied.isEmpty() ? null : emptied.get(emptied.size() - 1);
        if (last != null && last.slots() < SLOTS_AT_ONCE && last.offset()
                + (long) last.slots() * IndexSlot.LENGTH == offset) {
            emptied.set(emptied.size() - 1, new Run(last.offset(), last.slots() + 1));
        } else {
            emptied.add(new Run(offset, 1));
        }
    }

    /** Empties the slots that must be empty. */
    void empty() throws ImagingException {
        int most = emptied.stream().mapToInt(Run::slots).max().orElse(0);
        ByteBuffer zeros = ByteBuffer.allocateDirect(most * IndexSlot.LENGTH);
        for (Run run : emptied) {
            whole.in().file().write(run.offset(), zeros.clear().limit(run.slots() * IndexSlot.LENGTH));
        }
    }

    /** Fills the slots that must be filled. The chunks they tell of are on stable storage. */
    void fill() throws ImagingException {
        for (Change change : filled) {
            whole.in().file().write(change.offset(), change.slot());
        }
    }
}
