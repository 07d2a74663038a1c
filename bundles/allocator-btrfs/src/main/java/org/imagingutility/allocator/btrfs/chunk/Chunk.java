package org.imagingutility.allocator.btrfs.chunk;

import java.util.List;

/**
 * A range of logical addresses, and its stripes on this device. Immutable.
 *
 * @param logical first logical address
 * @param length bytes of it
 * @param type kinds of content and profile, as the disk has them
 * @param profile how its bytes are spread
 * @param columns over how many stripes they are spread
 * @param here its stripes on this device; those on others are not kept
 */
public record Chunk(long logical, long length, long type, Profile profile, int columns, List<Stripe> here) {
    /** Bytes of one stripe before the next one follows ({@code BTRFS_STRIPE_LEN}). */
    static final long UNIT = 64L << 10;
    /** Kind of content: data. */
    public static final long DATA = 1;
    /** Kinds of content: blocks of trees. */
    public static final long TREES = 2 | 4;

    /** Copies the list. */
    public Chunk {
        here = List.copyOf(here);
    }

    /**
     * A stripe on this device.
     *
     * @param column which of the chunk's columns it holds
     * @param offset byte of the device that it begins at
     */
    public record Stripe(int column, long offset) {
    }

    /** Returns the logical address behind the chunk. */
    public long end() {
        return logical + length;
    }

    /** Returns how many bytes each stripe has on its device. */
    public long stripeLength() {
        return length / columns;
    }

    /** Returns the byte of the device that the first byte at or behind {@code address} is at, as far as the stripe has them. */
    public long offsetIn(Stripe stripe, long address) {
        long position = address - logical;
        if (columns == 1) {
            return stripe.offset() + position;
        }
        long unit = position / UNIT;
        long row = unit / columns;
        int column = (int) (unit % columns);
        // units of this column that lie wholly before, and what lies before in the one that is under way
        long before = column > stripe.column() ? row + 1 : row;
        return stripe.offset() + before * UNIT + (column == stripe.column() ? position % UNIT : 0);
    }

    /** Returns the bytes of the device that hold {@code length} bytes from {@code address} on, those of each copy here. */
    public long[] copies(long address, int length) {
        return here.stream().filter(stripe -> offsetIn(stripe, address + length) - offsetIn(stripe, address) == length)
                .mapToLong(stripe -> offsetIn(stripe, address)).toArray();
    }
}
