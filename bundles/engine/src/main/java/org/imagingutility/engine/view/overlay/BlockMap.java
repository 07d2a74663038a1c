package org.imagingutility.engine.view.overlay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/** The state of each block, in pages that are made when a block of theirs is written first. Used by several threads at once. */
final class BlockMap {
    static final int BASE = 0;
    static final int DATA = 1;
    static final int ZEROS = 2;
    /** Bytes of a page of the map. */
    static final int PAGE = 4096;
    private static final int LONGS = PAGE / Long.BYTES;
    private static final int BLOCKS_OF_LONG = 32;
    private static final int BLOCKS_OF_PAGE = LONGS * BLOCKS_OF_LONG;

    private final AtomicReferenceArray<AtomicLongArray> pages;
    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet dirty = new BitSet();

    BlockMap(long blocks) {
        this.pages = new AtomicReferenceArray<>(pages(blocks));
    }

    static int pages(long blocks) {
        return Math.toIntExact((blocks + BLOCKS_OF_PAGE - 1) / BLOCKS_OF_PAGE);
    }

    int state(long block) {
        AtomicLongArray page = pages.get((int) (block / BLOCKS_OF_PAGE));
        return page == null ? BASE : (int) (page.get(index(block)) >>> shift(block) & 3);
    }

    private static int index(long block) {
        return (int) (block % BLOCKS_OF_PAGE / BLOCKS_OF_LONG);
    }

    private static int shift(long block) {
        return 2 * (int) (block % BLOCKS_OF_LONG);
    }

    /** Sets the state of a block whose content is in its place already. */
    void set(long block, int state) {
        int number = (int) (block / BLOCKS_OF_PAGE);
        lock.lock();
        try {
            AtomicLongArray page = pages.get(number);
            if (page == null) {
                page = new AtomicLongArray(LONGS);
                pages.set(number, page);
            }
            long mask = 3L << shift(block);
            page.set(index(block), page.get(index(block)) & ~mask | (long) state << shift(block));
            dirty.set(number);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the numbers of the pages that changed since they were taken last, and takes them. */
    BitSet takeDirty() {
        lock.lock();
        try {
            BitSet taken = (BitSet) dirty.clone();
            dirty.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Says that pages that were taken are not on disk after all. */
    void giveBack(BitSet taken) {
        lock.lock();
        try {
            dirty.or(taken);
        } finally {
            lock.unlock();
        }
    }

    /** Returns a page as it stands in the file. */
    ByteBuffer page(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        AtomicLongArray page = pages.get(number);
        for (int i = 0; page != null && i < LONGS; i++) {
            bytes.putLong(i * Long.BYTES, page.get(i));
        }
        return bytes;
    }

    /** Takes a page from the file; false if a block has a state that there is not. */
    boolean load(int number, ByteBuffer bytes) {
        AtomicLongArray page = null;
        ByteBuffer ordered = bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < LONGS; i++) {
            long value = ordered.getLong(i * Long.BYTES);
            if ((value & value >>> 1 & 0x5555_5555_5555_5555L) != 0) {
                return false;
            }
            if (value != 0) {
                page = page == null ? new AtomicLongArray(LONGS) : page;
                page.set(i, value);
            }
        }
        pages.set(number, page);
        return true;
    }
}
