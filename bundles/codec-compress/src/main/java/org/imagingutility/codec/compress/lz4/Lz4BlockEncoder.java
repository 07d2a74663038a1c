package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Compresses blocks (LZ4 Block Format Description): the nearest place that begins with the same five bytes is found by a hash
 * table with one entry for each hash, and where nothing is found for long, steps get longer. For one thread.
 *
 * <p>A block is a row of sequences: a token with two lengths of 4 bits, more bytes of the first length, literals, u16 distance of
 * the match, more bytes of the second length, which is that of the match less 4. The last sequence has literals only.
 */
final class Lz4BlockEncoder {
    static final int LEAST_MATCH = 4;
    static final int TOKEN_MOST = 15;
    static final int EXTENSION_MOST = 255;
    /** A match must not begin in the last bytes of a block, nor end in the very last ones. */
    private static final int NO_MATCH_BEGINS = 12;
    private static final int NO_MATCH_ENDS = 5;
    private static final int MOST_DISTANCE = 65_535;
    /** Small enough for a core's first-level cache. */
    private static final int HASH_BITS = 13;
    private static final long HASH_FACTOR = 889_523_592_379L;
    private static final int UNUSED_BYTES = 24;
    /** The step grows by one each time so many places were tried in vain, as a power of two. */
    private static final int PATIENCE = 6;
    private static final int NOWHERE = -1 - MOST_DISTANCE;

    private final int[] places = new int[1 << HASH_BITS];
    private ByteBuffer in;
    private int from;
    private int to;
    private ByteBuffer out;
    private int written;
    private int end;

    /**
     * Compresses the bytes {@code from} to {@code to} of {@code in} into {@code out} from {@code at} to {@code end}. Both
     * buffers are little-endian; no position is moved.
     *
     * @return the bytes written, 0 if it were more than there is room for
     */
    int encode(ByteBuffer in, int from, int to, ByteBuffer out, int at, int end) {
        this.in = in;
        this.from = from;
        this.to = to;
        this.out = out;
        this.written = at;
        this.end = end;
        Arrays.fill(places, NOWHERE);
        int literals = matches();
        boolean fits = literals >= 0 && sequence(literals, to, 0, 0);
        this.in = null;
        this.out = null;
        return fits ? written - at : 0;
    }

    /** Writes all sequences but the last; returns where the literals of that one begin, -1 if there is no more room. */
    private int matches() {
        int literals = from;
        int last = to - NO_MATCH_BEGINS;
        int at = from;
        while (true) {
            int place = NOWHERE;
            for (int tried = 1 << PATIENCE; at <= last; at += tried++ >>> PATIENCE) {
                int hash = hash(in.getLong(at));
                place = places[hash];
                places[hash] = at;
                if (at - place <= MOST_DISTANCE && in.getInt(place) == in.getInt(at)) {
                    break;
                }
            }
            if (at > last) {
                return literals;
            }
            while (at > literals && place > from && in.get(at - 1) == in.get(place - 1)) {
                at--;
                place--;
            }
            int length = LEAST_MATCH + equalBytes(place + LEAST_MATCH, at + LEAST_MATCH);
            if (!sequence(literals, at, at - place, length)) {
                return -1;
            }
            at += length;
            literals = at;
            if (at - 2 <= last) {
                places[hash(in.getLong(at - 2))] = at - 2;
            }
        }
    }

    private static int hash(long bytes) {
        return (int) ((bytes << UNUSED_BYTES) * HASH_FACTOR >>> Long.SIZE - HASH_BITS);
    }

    /** Returns how many bytes are equal from {@code place} and {@code at} on, as far as a match may reach. */
    private int equalBytes(int place, int at) {
        int most = to - NO_MATCH_ENDS;
        int count = 0;
        while (at + count + Long.BYTES <= most) {
            long difference = in.getLong(place + count) ^ in.getLong(at + count);
            if (difference != 0) {
                return count + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            count += Long.BYTES;
        }
        while (at + count < most && in.get(place + count) == in.get(at + count)) {
            count++;
        }
        return count;
    }

    /** Writes the literals {@code begin} to {@code until} and a match; none if its length is 0. */
    private boolean sequence(int begin, int until, int distance, int length) {
        int literals = until - begin;
        long need = 1L + literals / EXTENSION_MOST + 1 + literals + Short.BYTES + length / EXTENSION_MOST + 1;
        if (written + need > end) {
            return false;
        }
        int match = length == 0 ? 0 : length - LEAST_MATCH;
        out.put(written++, (byte) (Math.min(literals, TOKEN_MOST) << 4 | Math.min(match, TOKEN_MOST)));
        extension(literals);
        copy(begin, literals);
        if (length > 0) {
            out.putShort(written, (short) distance);
            written += Short.BYTES;
            extension(match);
        }
        return true;
    }

    /** Writes what of {@code length} the token does not say. */
    private void extension(int length) {
        if (length < TOKEN_MOST) {
            return;
        }
        int left = length - TOKEN_MOST;
        for (; left >= EXTENSION_MOST; left -= EXTENSION_MOST) {
            out.put(written++, (byte) EXTENSION_MOST);
        }
        out.put(written++, (byte) left);
    }

    private void copy(int begin, int count) {
        if (count <= 2 * Long.BYTES && written + 2 * Long.BYTES <= end && begin + 2 * Long.BYTES <= to) {
            // what is too much is written over by what follows
            out.putLong(written, in.getLong(begin));
            out.putLong(written + Long.BYTES, in.getLong(begin + Long.BYTES));
        } else {
            out.put(written, in, begin, count);
        }
        written += count;
    }
}
