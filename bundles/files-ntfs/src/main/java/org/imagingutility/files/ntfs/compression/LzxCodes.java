package org.imagingutility.files.ntfs.compression;

import java.util.Arrays;

/**
 * The Huffman codes of a block of LZX. The lengths of the codewords are stored as differences to those of the block before, which are
 * zero at the start of a chunk ([MS-PATCH] 2.5). For one thread.
 */
final class LzxCodes {
    static final int LITERALS = 256;
    /** Symbols for the length of a match that the main symbol has no room for. */
    private static final int LENGTHS = 249;
    private static final int ALIGNED = 8;
    private static final int ALIGNED_BITS = 3;
    private static final int PRECODE = 20;
    private static final int PRECODE_BITS = 4;
    private static final int MAX_CODEWORD = 16;
    private static final int MAX_PRECODE = 15;
    private static final int MAX_ALIGNED = 7;
    /** Symbols of the precode: differences below, then runs. */
    private static final int DIFFERENCES = 17;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    private final HuffmanCode main;
    private final HuffmanCode length = new HuffmanCode(LENGTHS, MAX_CODEWORD);
    private final HuffmanCode aligned = new HuffmanCode(ALIGNED, MAX_ALIGNED);
    private final HuffmanCode precode = new HuffmanCode(PRECODE, MAX_PRECODE);
    private final byte[] mainLengths;
    private final byte[] lengthLengths = new byte[LENGTHS];
    private final byte[] shortLengths = new byte[PRECODE];

    /** Creates the codes; the main one has {@code mainSymbols} symbols. */
    LzxCodes(int mainSymbols) {
        main = new HuffmanCode(mainSymbols, MAX_CODEWORD);
        mainLengths = new byte[mainSymbols];
    }

    /** Begins another chunk. */
    void reset() {
        Arrays.fill(mainLengths, (byte) 0);
        Arrays.fill(lengthLengths, (byte) 0);
    }

    /** Returns the code of literals and heads of matches. */
    HuffmanCode main() {
        return main;
    }

    /** Returns the code of lengths. */
    HuffmanCode length() {
        return length;
    }

    /** Returns the code of the lowest bits of distances, if the block has one. */
    HuffmanCode aligned() {
        return aligned;
    }

    /** Reads the codes at the begin of a block; that of the lowest bits of distances only if it is there. */
    void read(BitReader reader, boolean withAligned) throws CompressedDataException {
        if (withAligned) {
            for (int i = 0; i < ALIGNED; i++) {
                shortLengths[i] = (byte) reader.take(ALIGNED_BITS);
            }
            aligned.build(shortLengths, reader, "aligned distances");
        }
        readLengths(reader, mainLengths, 0, LITERALS);
        readLengths(reader, mainLengths, LITERALS, mainLengths.length);
        main.build(mainLengths, reader, "main symbols");
        readLengths(reader, lengthLengths, 0, LENGTHS);
        length.build(lengthLengths, reader, "lengths");
    }

    private void readLengths(BitReader reader, byte[] lengths, int from, int to) throws CompressedDataException {
        for (int i = 0; i < PRECODE; i++) {
            shortLengths[i] = (byte) reader.take(PRECODE_BITS);
        }
        precode.build(shortLengths, reader, "precode");
        int at = from;
        while (at < to) {
            int symbol = precode.take(reader);
            if (symbol < DIFFERENCES) {
                lengths[at] = differing(lengths[at], symbol);
                at++;
                continue;
            }
            int run;
            byte value = 0;
            if (symbol == ZEROS) {
                run = 4 + reader.take(4);
            } else if (symbol == MANY_ZEROS) {
                run = 20 + reader.take(5);
            } else {
                run = 4 + reader.take(1);
                int difference = precode.take(reader);
                if (difference >= DIFFERENCES) {
                    throw reader.wrong("a run of codeword lengths is followed by symbol " + difference + " of the precode");
                }
                value = differing(lengths[at], difference);
            }
            if (run > to - at) {
                throw reader.wrong("a run of " + run + " codeword lengths where " + (to - at) + " are left");
            }
            Arrays.fill(lengths, at, at + run, value);
            at += run;
        }
    }

    private static byte differing(byte before, int difference) {
        return (byte) Math.floorMod(before - difference, DIFFERENCES);
    }
}
