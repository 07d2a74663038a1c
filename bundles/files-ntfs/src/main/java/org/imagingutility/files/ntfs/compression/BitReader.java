package org.imagingutility.files.ntfs.compression;

/**
 * Bits in the order that XPRESS ([MS-XCA] 2.1) and LZX ([MS-PATCH] 2.3) share: words of 16 bits, little endian, the highest bit of
 * each first. Bytes of other fields may stand between the words; a word is taken when the first of its bits is needed, no earlier.
 * Behind the end there are zeros to look at, but none to take. For one thread.
 */
final class BitReader {
    /** Most bits that can be asked for at a time. */
    static final int MAX_BITS = 16;

    private byte[] source = new byte[0];
    private int from;
    private int next;
    private int end;
    /** The lowest {@code available} bits are those that come next; the last {@code missing} of them stand nowhere. */
    private int bits;
    private int available;
    private int missing;

    /** Begins with other data. */
    void start(byte[] data, int first, int length) {
        source = data;
        from = first;
        next = first;
        end = first + length;
        bits = 0;
        available = 0;
        missing = 0;
    }

    /** Has {@code count} bits at hand, of which some may be behind the end. */
    void ensure(int count) {
        if (available < count) {
            if (end - next >= Short.BYTES) {
                bits = bits << MAX_BITS | Byte.toUnsignedInt(source[next + 1]) << Byte.SIZE | Byte.toUnsignedInt(source[next]);
                next += Short.BYTES;
            } else {
                bits <<= MAX_BITS;
                missing += MAX_BITS;
            }
            available += MAX_BITS;
        }
    }

    /** Returns the next {@code count} bits, which are at hand, without taking them. */
    int peek(int count) {
        return bits >>> available - count & (1 << count) - 1;
    }

    /** Takes {@code count} bits, which are at hand. */
    void skip(int count) throws CompressedDataException {
        available -= count;
        if (available < missing) {
            throw wrong("the data ends too early");
        }
    }

    /** Takes {@code count} bits. */
    int take(int count) throws CompressedDataException {
        ensure(count);
        int value = peek(count);
        skip(count);
        return value;
    }

    /** Takes the byte that stands behind the last word taken. */
    int takeByte() throws CompressedDataException {
        if (next >= end) {
            throw wrong("the data ends too early");
        }
        return Byte.toUnsignedInt(source[next++]);
    }

    /** Takes the {@code count} bytes that stand behind the last word taken. */
    void takeBytes(byte[] target, int at, int count) throws CompressedDataException {
        if (count > end - next) {
            throw wrong("the data ends too early");
        }
        System.arraycopy(source, next, target, at, count);
        next += count;
    }

    /** Takes a number of {@code bytes} bytes that stands behind the last word taken. */
    int takeNumber(int bytes) throws CompressedDataException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= takeByte() << i * Byte.SIZE;
        }
        return value;
    }

    /** Passes over the byte that makes the number of bytes even; the last one of a chunk may lack. */
    void skipPadding() {
        next = Math.min(next + 1, end);
    }

    /** Goes to the end of the word that the next bit stands in: all 16 bits where it is the first. */
    void align() throws CompressedDataException {
        ensure(1);
        int padding = available % MAX_BITS;
        skip(padding == 0 ? MAX_BITS : padding);
        // a whole word that was taken to look ahead; all of it stands in the data, or all of it does not
        if (available > missing) {
            next -= Short.BYTES;
        }
        available = 0;
        missing = 0;
    }

    /** Makes the error that something is wrong about here. */
    CompressedDataException wrong(String reason) {
        return new CompressedDataException(Math.max(0, next - from - Short.BYTES), reason);
    }
}
