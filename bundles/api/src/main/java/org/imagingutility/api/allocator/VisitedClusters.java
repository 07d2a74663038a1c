package org.imagingutility.api.allocator;

/**
 * Which clusters (or other numbers above 0) were visited, with a bound to the memory that takes: for walks through structures
 * that may lead in circles. For one thread.
 */
public final class VisitedClusters {
    private final int limit;
    private long[] slots = new long[1024];
    private int count;

    /** Creates an empty set that takes at most {@code limit} numbers; each needs up to 32 bytes. */
    public VisitedClusters(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a number; returns false if it is in the set already. A number that does not fit any more counts as new, so that
     * the walk needs another bound beside this.
     */
    public boolean add(long number) {
        int slot = slotOf(slots, number);
        if (slots[slot] == number) {
            return false;
        }
        if (count < limit) {
            slots[slot] = number;
            if (++count * 2 > slots.length) {
                grow();
            }
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long number : slots) {
            if (number != 0) {
                larger[slotOf(larger, number)] = number;
            }
        }
        slots = larger;
    }

    /** Returns the slot that has the number, or the free one for it. */
    private static int slotOf(long[] slots, long number) {
        int mask = slots.length - 1;
        int slot = (int) (number * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != number) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
