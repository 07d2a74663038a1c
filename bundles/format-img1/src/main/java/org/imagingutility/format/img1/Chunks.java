package org.imagingutility.format.img1;

import java.util.Arrays;

/** The chunks of an image in the order of the device: 24 bytes of memory for each. Not changed once it is built. */
final class Chunks {
    /** More of them need too much memory; the C# tool has one for each run of clusters in use. */
    static final int MAX = 1 << 24;

    private long[] deviceOffsets = new long[16];
    private long[] payloadOffsets = new long[16];
    private int[] lengths = new int[16];
    private int[] compressed = new int[16];
    private int count;
    private long totalLength;

    /** Adds a chunk, which was checked and lies behind the last one. */
    void add(Chunk chunk) {
        if (count == lengths.length) {
            deviceOffsets = Arrays.copyOf(deviceOffsets, 2 * count);
            payloadOffsets = Arrays.copyOf(payloadOffsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            compressed = Arrays.copyOf(compressed, 2 * count);
        }
        deviceOffsets[count] = chunk.deviceOffset();
        payloadOffsets[count] = chunk.payloadOffset();
        lengths[count] = chunk.length();
        compressed[count++] = chunk.compressed();
        totalLength += chunk.length();
    }

    int count() {
        return count;
    }

    Chunk get(int number) {
        return new Chunk(number, deviceOffsets[number], payloadOffsets[number], lengths[number], compressed[number]);
    }

    long deviceOffset(int number) {
        return deviceOffsets[number];
    }

    long deviceEnd(int number) {
        return deviceOffsets[number] + lengths[number];
    }

    /** Returns the end of the last chunk on the device, 0 if there is none. */
    long deviceEnd() {
        return count == 0 ? 0 : deviceEnd(count - 1);
    }

    /** Returns the bytes of device in all chunks. */
    long totalLength() {
        return totalLength;
    }

    /** Returns the first chunk that ends after {@code deviceOffset}, the number of chunks if none does. */
    int firstEndingAfter(long deviceOffset) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (deviceEnd(middle) > deviceOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
