package org.imagingutility.files.ntfs.compression;

import java.util.Arrays;

/**
 * LZX as WIM files have it: [MS-PATCH] without its extensions, a window of 32 KiB, each chunk by itself, call targets always
 * translated. So it is in files that Windows compresses with {@code compact /exe:lzx}.
 */
public final class Lzx implements Decompressor {
    /** Most bytes that a chunk expands to. */
    public static final int WINDOW = 1 << 15;
    private static final int SLOTS = 30;
    private static final int LENGTH_HEADS = 8;
    private static final int MIN_MATCH = 2;
    private static final int RECENT = 3;
    private static final int VERBATIM = 1;
    private static final int ALIGNED = 2;
    private static final int UNCOMPRESSED = 3;
    private static final int TYPE_BITS = 3;
    private static final int ALIGNED_BITS = 3;

    private final BitReader reader = new BitReader();
    private final LzxCodes codes = new LzxCodes(LzxCodes.LITERALS + SLOTS * LENGTH_HEADS);
    /** Distances of the last matches, the last one first; no true queue: one that is used again changes places with the first. */
    private final int[] recent = new int[RECENT];

    /** Creates a decompressor. */
    public Lzx() {
    }

    @Override
    public void decompress(byte[] source, int from, int length, byte[] target, int targetLength) throws CompressedDataException {
        if (targetLength > WINDOW) {
            throw new IllegalArgumentException(targetLength + " bytes; the window has " + WINDOW);
        }
        reader.start(source, from, length);
        codes.reset();
        Arrays.fill(recent, 1);
        int done = 0;
        while (done < targetLength) {
            int type = reader.take(TYPE_BITS);
            int size = reader.take(1) == 1 ? WINDOW : reader.take(BitReader.MAX_BITS);
            if (size == 0 || size > targetLength - done) {
                throw reader.wrong("a block of " + size + " bytes where " + (targetLength - done) + " are left");
            }
            switch (type) {
                case VERBATIM, ALIGNED -> {
                    codes.read(reader, type == ALIGNED);
                    expand(type == ALIGNED, target, done, done + size);
                }
                case UNCOMPRESSED -> copy(target, done, size);
                default -> throw reader.wrong("a block has the type " + type);
            }
            done += size;
        }
        CallTargets.undo(target, targetLength);
    }

    private void copy(byte[] target, int done, int size) throws CompressedDataException {
        reader.align();
        for (int i = 0; i < RECENT; i++) {
            recent[i] = reader.takeNumber(Integer.BYTES);
            if (recent[i] <= 0) {
                throw reader.wrong("a distance is " + Integer.toUnsignedString(recent[i]));
            }
        }
        reader.takeBytes(target, done, size);
        if (size % 2 != 0) {
            reader.skipPadding();
        }
    }

    private void expand(boolean aligned, byte[] target, int start, int limit) throws CompressedDataException {
        int done = start;
        while (done < limit) {
            int symbol = codes.main().take(reader);
            if (symbol < LzxCodes.LITERALS) {
                target[done++] = (byte) symbol;
                continue;
            }
            int head = (symbol - LzxCodes.LITERALS) % LENGTH_HEADS;
            int length = MIN_MATCH + head + (head == LENGTH_HEADS - 1 ? codes.length().take(reader) : 0);
            int distance = distance((symbol - LzxCodes.LITERALS) / LENGTH_HEADS, aligned);
            if (distance > done) {
                throw reader.wrong("a match leads back " + distance + " bytes, of " + done + " that stand there");
            }
            if (length > limit - done) {
                throw reader.wrong("a match has " + length + " bytes where its block has " + (limit - done) + " left");
            }
            Matches.copy(target, done, distance, length);
            done += length;
        }
    }

    private int distance(int slot, boolean aligned) throws CompressedDataException {
        int distance;
        if (slot < RECENT) {
            distance = recent[slot];
            recent[slot] = recent[0];
        } else {
            // slots 3 to 29: two for each number of further bits, from 0, 1, 1, 2, 2 to 13; [MS-PATCH] 2.6
            int bits = slot / 2 - 1;
            int base = (2 + slot % 2 << bits) - 2;
            distance = base + (aligned && bits >= ALIGNED_BITS
                    ? (reader.take(bits - ALIGNED_BITS) << ALIGNED_BITS) + codes.aligned().take(reader) : reader.take(bits));
            recent[2] = recent[1];
            recent[1] = recent[0];
        }
        recent[0] = distance;
        return distance;
    }
}
