package org.imagingutility.allocator.ext.journal;

import java.util.Arrays;
import java.util.Collection;

/** Which blocks of the volume the journal holds newer copies of, ordered by block; a block may have several. Immutable. */
public final class JournaledBlocks {
    /** Nothing waits in the journal. */
    public static final JournaledBlocks NONE = new JournaledBlocks(new Entry[0]);

    private final Entry[] entries;

    private JournaledBlocks(Entry[] entries) {
        this.entries = entries;
    }

    /**
     * A block in the journal.
     *
     * @param target block it is to be written to
     * @param copy block of the volume where the journal has it
     * @param escaped whether the first four bytes of the copy were made zero, as they are the magic number of the journal
     */
    public record Entry(long target, long copy, boolean escaped) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTarget = Long.compare(target, other.target);
            return byTarget != 0 ? byTarget : Long.compare(copy, other.copy);
        }
    }

    /** Takes entries in any order. */
    static JournaledBlocks of(Collection<Entry> entries) {
        Entry[] sorted = entries.toArray(Entry[]::new);
        Arrays.sort(sorted);
        return new JournaledBlocks(sorted);
    }

    /** Returns the index of the first copy of {@code target}, or of what follows where it would be. */
    public int firstOf(long target) {
        int found = Arrays.binarySearch(entries, new Entry(target, -1, false));
        return -found - 1;
    }

    public int count() {
        return entries.length;
    }

    public Entry get(int index) {
        return entries[index];
    }
}
