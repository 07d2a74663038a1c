package org.imagingutility.files.ntfs.compression;

import java.util.Arrays;

/**
 * A canonical Huffman code: shorter codewords first, those of one length in the order of their symbols. Codewords of up to
 * {@value #DIRECT_BITS} bits are found by one look at a table, longer ones by their length. For one thread.
 */
final class HuffmanCode {
    private static final int DIRECT_BITS = 10;
    /** An entry of the table: the symbol, and in the lowest bits the length of its codeword; 0 where that is longer. */
    private static final int LENGTH_BITS = 5;

    private final int maxLength;
    private final int directBits;
    private final short[] direct;
    private final short[] sorted;
    private final int[] counts;
    private boolean empty = true;

    /** Creates a code of at most {@code symbolCount} symbols with codewords of at most {@code maxLength} bits. */
    HuffmanCode(int symbolCount, int maxLength) {
        this.maxLength = maxLength;
        directBits = Math.min(DIRECT_BITS, maxLength);
        direct = new short[1 << directBits];
        sorted = new short[symbolCount];
        counts = new int[maxLength + 1];
    }

    /**
     * Takes the lengths of the codewords of all symbols, 0 for those without one. All codewords together must use up the code, or
     * there is none at all.
     *
     * @param reader makes the error
     * @param what names the code
     */
    void build(byte[] lengths, BitReader reader, String what) throws CompressedDataException {
        Arrays.fill(counts, 0);
        for (int i = 0; i < sorted.length; i++) {
            counts[lengths[i]]++;
        }
        empty = counts[0] == sorted.length;
        counts[0] = 0;
        int left = 1;
        for (int length = 1; length <= maxLength; length++) {
            left = (left << 1) - counts[length];
            if (left < 0) {
                break;
            }
        }
        if (left != 0 && !empty) {
            throw reader.wrong("the lengths of the codewords of the " + what + " make no complete code");
        }
        sort(lengths);
        fill();
    }

    private void sort(byte[] lengths) {
        int[] places = new int[maxLength + 1];
        for (int length = 1; length < maxLength; length++) {
            places[length + 1] = places[length] + counts[length];
        }
        for (int symbol = 0; symbol < sorted.length; symbol++) {
            if (lengths[symbol] > 0) {
                sorted[places[lengths[symbol]]++] = (short) symbol;
            }
        }
    }

    private void fill() {
        int entry = 0;
        int index = 0;
        for (int length = 1; length <= directBits; length++) {
            int width = 1 << directBits - length;
            for (int i = 0; i < counts[length]; i++) {
                Arrays.fill(direct, entry, entry + width, (short) (sorted[index++] << LENGTH_BITS | length));
                entry += width;
            }
        }
        Arrays.fill(direct, entry, direct.length, (short) 0);
    }

    /** Takes a symbol. */
    int take(BitReader reader) throws CompressedDataException {
        reader.ensure(maxLength);
        int entry = direct[reader.peek(directBits)];
        if (entry != 0) {
            reader.skip(entry & (1 << LENGTH_BITS) - 1);
            return entry >> LENGTH_BITS;
        }
        return takeLong(reader);
    }

    private int takeLong(BitReader reader) throws CompressedDataException {
        if (empty) {
            throw reader.wrong("a symbol is needed of a code that has none");
        }
        int first = 0;
        int index = 0;
        int length = 1;
        // the code is complete, so that some length fits
        for (int codeword = reader.peek(1); codeword - first >= counts[length]; codeword = reader.peek(length)) {
            first = first + counts[length] << 1;
            index += counts[length];
            length++;
        }
        int symbol = sorted[index + reader.peek(length) - first];
        reader.skip(length);
        return symbol;
    }
}
