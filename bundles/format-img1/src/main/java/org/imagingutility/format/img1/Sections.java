package org.imagingutility.format.img1;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The device cut into sections, which a reader shows as its chunks: the windows of {@link #FRAME} bytes that one chunk of the
 * file alone has a part in, and each window that several have a part in, by itself. So what a damaged chunk costs is the windows
 * it has a part in and no others, and the table of a section needs few chunks of the file. Not changed once it is built.
 */
final class Sections {
    /** Bytes of device in a window; the smallest there is, so that few windows have parts of several chunks. */
    static final int FRAME = 64 << 10;

    private long[] firstWindows = new long[16];
    private int[] windowCounts = new int[16];
    private int[] firstChunks = new int[16];
    private final BitSet shared = new BitSet();
    private int count;
    private long windowTotal;

    /** Cuts the device that {@code chunks} are of. */
    Sections(Chunks chunks) {
        for (int i = 0; i < chunks.count(); i++) {
            long first = window(chunks.deviceOffset(i));
            long last = window(chunks.deviceEnd(i) - 1);
            boolean firstShared = i > 0 && window(chunks.deviceEnd(i - 1) - 1) == first;
            boolean lastShared = i + 1 < chunks.count() && window(chunks.deviceOffset(i + 1)) == last;
            long ownFirst = firstShared ? first + 1 : first;
            long ownLast = lastShared ? last - 1 : last;
            if (ownFirst <= ownLast) {
                add(ownFirst, (int) (ownLast - ownFirst + 1), i, false);
            }
            // a window that was shared with the chunk before was added there
            if (lastShared && !(firstShared && first == last)) {
                add(last, 1, i, true);
            }
        }
    }

    /** Returns the window that a byte of device lies in. */
    static long window(long deviceOffset) {
        return deviceOffset / FRAME;
    }

    int count() {
        return count;
    }

    /** Returns the number of windows in all sections. */
    long windowTotal() {
        return windowTotal;
    }

    long firstWindow(int section) {
        return firstWindows[section];
    }

    int windowCount(int section) {
        return windowCounts[section];
    }

    /** Returns the first chunk that has a part in the section. */
    int firstChunk(int section) {
        return firstChunks[section];
    }

    /** Says whether the section is one window that several chunks have a part in. */
    boolean shared(int section) {
        return shared.get(section);
    }

    /** Returns the section that has {@code window}, -1 if none has. */
    int find(long window) {
        int found = Arrays.binarySearch(firstWindows, 0, count, window);
        int section = found >= 0 ? found : -found - 2;
        return section >= 0 && window < firstWindows[section] + windowCounts[section] ? section : -1;
    }

    private void add(long firstWindow, int windows, int firstChunk, boolean several) {
        if (count == windowCounts.length) {
            firstWindows = Arrays.copyOf(firstWindows, 2 * count);
            windowCounts = Arrays.copyOf(windowCounts, 2 * count);
            firstChunks = Arrays.copyOf(firstChunks, 2 * count);
        }
        firstWindows[count] = firstWindow;
        windowCounts[count] = windows;
        firstChunks[count] = firstChunk;
        shared.set(count++, several);
        windowTotal += windows;
    }
}
