package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;

/**
 * Decompresses blocks as {@link Lz4BlockEncoder} and others make them. Each length and distance is checked against what is
 * there before it is used. For one thread.
 */
final class Lz4BlockDecoder {
    private static final int WRONG = -1;
    private static final int SHORT_COPY = 2 * Long.BYTES;

    private ByteBuffer in;
    private int read;
    private int to;

    /**
     * Decompresses the block {@code from} to {@code to} of {@code in} into {@code out} from {@code at} on, at most up to
     * {@code end}. Both buffers are little-endian; no position is moved.
     *
     * @param earliest first byte of {@code out} that matches may reach back to
     * @return the bytes written, negative if the block does not hold
     */
    int decode(ByteBuffer in, int from, int to, ByteBuffer out, int earliest, int at, int end) {
        this.in = in;
        this.read = from;
        this.to = to;
        int written = at;
        while (read < to) {
            int token = in.get(read++) & 0xFF;
            int literals = length(token >>> 4, end - written);
            if (literals < 0 || literals > to - read || literals > end - written) {
                return WRONG;
            }
            literals(read, out, written, literals, end);
            read += literals;
            written += literals;
            if (read == to) {
                return written - at;
            }
            if (to - read < Short.BYTES) {
                return WRONG;
            }
            int distance = in.getShort(read) & 0xFFFF;
            read += Short.BYTES;
            int length = length(token & Lz4BlockEncoder.TOKEN_MOST, end - written);
            if (length < 0 || distance == 0 || distance > written - earliest
                    || length > end - written - Lz4BlockEncoder.LEAST_MATCH) {
                return WRONG;
            }
            length += Lz4BlockEncoder.LEAST_MATCH;
            match(out, written, distance, length, end);
            written += length;
        }
        // a block ends with literals
        return WRONG;
    }

    /** Reads what of a length the token does not say; negative if it is cut off or more than {@code most}. */
    private int length(int inToken, int most) {
        int length = inToken;
        if (inToken == Lz4BlockEncoder.TOKEN_MOST) {
            int more;
            do {
                if (read >= to || length > most) {
                    return WRONG;
                }
                more = in.get(read++) & 0xFF;
                length += more;
            } while (more == Lz4BlockEncoder.EXTENSION_MOST);
        }
        return length;
    }

    private void literals(int from, ByteBuffer out, int at, int count, int end) {
        if (count <= SHORT_COPY && at + SHORT_COPY <= end && from + SHORT_COPY <= to) {
            // what is too much is written over by what follows
            out.putLong(at, in.getLong(from));
            out.putLong(at + Long.BYTES, in.getLong(from + Long.BYTES));
        } else {
            out.put(at, in, from, count);
        }
    }

    /** Repeats what stands {@code distance} bytes before {@code at}; it may overlap what is written. */
    private static void match(ByteBuffer out, int at, int distance, int length, int end) {
        if (distance >= Long.BYTES && at + length + Long.BYTES <= end && length <= 64) {
            for (int done = 0; done < length; done += Long.BYTES) {
                out.putLong(at + done, out.getLong(at + done - distance));
            }
            return;
        }
        // each copy doubles what is there to be copied
        int from = at - distance;
        for (int done = 0; done < length;) {
            int count = Math.min(distance + done, length - done);
            out.put(at + done, out, from, count);
            done += count;
        }
    }
}
