package org.imagingutility.files.ntfs.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compressed resource of a WIM file, which is also what a {@code WofCompressedData} stream has: the offsets of all chunks but the
 * first, from the end of this table on, then the chunks; one that is as long as what it expands to is stored as it is.
 */
final class Chunks {
    private Chunks() {
    }

    /** Returns the stored chunks. */
    static List<byte[]> of(byte[] resource, int length, int chunkSize) {
        ByteBuffer bytes = ByteBuffer.wrap(resource).order(ByteOrder.LITTLE_ENDIAN);
        int count = (length - 1) / chunkSize + 1;
        int start = (count - 1) * Integer.BYTES;
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i == 0 ? 0 : bytes.getInt((i - 1) * Integer.BYTES);
            int to = i == count - 1 ? resource.length - start : bytes.getInt(i * Integer.BYTES);
            chunks.add(Arrays.copyOfRange(resource, start + from, start + to));
        }
        return chunks;
    }

    /** Expands a whole resource. */
    static byte[] expand(byte[] resource, int length, int chunkSize, Decompressor decompressor) throws CompressedDataException {
        byte[] whole = new byte[length];
        byte[] chunk = new byte[chunkSize];
        int done = 0;
        for (byte[] stored : of(resource, length, chunkSize)) {
            int expected = Math.min(chunkSize, length - done);
            if (stored.length == expected) {
                System.arraycopy(stored, 0, whole, done, expected);
            } else {
                decompressor.decompress(stored, 0, stored.length, chunk, expected);
                System.arraycopy(chunk, 0, whole, done, expected);
            }
            done += expected;
        }
        return whole;
    }
}
