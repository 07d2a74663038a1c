package org.imagingutility.files.ntfs.compression;

/**
 * XPRESS, LZ77 with Huffman codes ([MS-XCA] 2.1 and 2.2): what Windows calls XPRESS4K, XPRESS8K and XPRESS16K, for data that expands
 * to at most {@value #MAX_LENGTH} bytes, so that one code covers all of it.
 */
public final class XpressHuffman implements Decompressor {
    /** Most bytes that a piece may expand to; behind them another code would begin. */
    public static final int MAX_LENGTH = 1 << 16;
    private static final int SYMBOLS = 512;
    private static final int LITERALS = 256;
    private static final int MAX_CODEWORD = 15;
    /** Bytes of the lengths of all codewords, four bits for each. */
    private static final int TABLE = SYMBOLS / 2;
    private static final int MIN_MATCH = 3;

    private final BitReader reader = new BitReader();
    private final HuffmanCode code = new HuffmanCode(SYMBOLS, MAX_CODEWORD);
    private final byte[] lengths = new byte[SYMBOLS];

    /** Creates a decompressor. */
    public XpressHuffman() {
    }

    @Override
    public void decompress(byte[] source, int from, int length, byte[] target, int targetLength) throws CompressedDataException {
        if (targetLength > MAX_LENGTH) {
            throw new IllegalArgumentException(targetLength + " bytes; one code covers " + MAX_LENGTH);
        }
        reader.start(source, from, length);
        for (int i = 0; i < TABLE; i++) {
            int two = reader.takeByte();
            lengths[2 * i] = (byte) (two & 0xF);
            lengths[2 * i + 1] = (byte) (two >> 4);
        }
        code.build(lengths, reader, "symbols");
        int done = 0;
        while (done < targetLength) {
            int symbol = code.take(reader);
            if (symbol < LITERALS) {
                target[done++] = (byte) symbol;
            } else {
                done = match(symbol - LITERALS, target, done, targetLength);
            }
        }
    }

    /** Low four bits: length; high four bits: how many bits of the distance follow. */
    private int match(int symbol, byte[] target, int done, int limit) throws CompressedDataException {
        // a word is taken before the length, which stands behind it in bytes of its own
        reader.ensure(BitReader.MAX_BITS);
        int length = symbol & 0xF;
        if (length == 0xF) {
            length += reader.takeByte();
            if (length == 0xF + 0xFF) {
                length = reader.takeNumber(Short.BYTES);
            }
        }
        length += MIN_MATCH;
        int distanceBits = symbol >> 4;
        int distance = 1 << distanceBits | reader.take(distanceBits);
        if (distance > done) {
            throw reader.wrong("a match leads back " + distance + " bytes, of " + done + " that stand there");
        }
        if (length > limit - done) {
            throw reader.wrong("the data expands to more than " + limit + " bytes");
        }
        Matches.copy(target, done, distance, length);
        return done + length;
    }
}
