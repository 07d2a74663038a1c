package org.imagingutility.format.skz.layout;

import java.io.ByteArrayOutputStream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.StructureReader;

/**
 * The extents of a chunk as bytes: {@code u8 shift}, then for each extent the gap before it (from the chunk's begin or
 * from the end of the last extent) and its length, both shifted right by {@code shift}, as LEB128 (seven bits a byte,
 * lowest first, the high bit says that another byte follows). The shift is the largest that loses nothing: in most
 * file systems it is the cluster size, and an extent takes two to five bytes. There is one form only for equal extents.
 */
final class AllocationMap {
    /** Bytes of the shortest map, one extent: shift, gap, length. */
    static final int MIN_BYTES = 3;
    private static final int MAX_SHIFT = 40;
    private static final int LEB_BITS = 7;
    private static final int LEB_MORE = 0x80;
    /** A number of 42 bits takes six. */
    private static final int MAX_LEB_BYTES = 6;

    private AllocationMap() {
    }

    /** Returns the map of {@code extents}, at least one, in a chunk that begins at {@code chunkOffset} of the device. */
    static byte[] encode(ExtentList extents, long chunkOffset) {
        int shift = shift(extents, chunkOffset);
        ByteArrayOutputStream map = new ByteArrayOutputStream(2 + 4 * extents.count());
        map.write(shift);
        long end = chunkOffset;
        for (int i = 0; i < extents.count(); i++) {
            writeLeb(map, extents.offset(i) - end >>> shift);
            writeLeb(map, extents.length(i) >>> shift);
            end = extents.end(i);
        }
        return map.toByteArray();
    }

    private static int shift(ExtentList extents, long chunkOffset) {
        long bits = 0;
        long end = chunkOffset;
        for (int i = 0; i < extents.count(); i++) {
            bits |= (extents.offset(i) - end) | extents.length(i);
            end = extents.end(i);
        }
        return Long.numberOfTrailingZeros(bits);
    }

    private static void writeLeb(ByteArrayOutputStream map, long value) {
        long rest = value;
        while (rest >= LEB_MORE) {
            map.write((int) rest & LEB_MORE - 1 | LEB_MORE);
            rest >>>= LEB_BITS;
        }
        map.write((int) rest);
    }

    /** Reads {@code extentCount} extents; refuses any that leave the chunk, overlap or touch, and any other form of them. */
    static ExtentList decode(byte[] map, int extentCount, long chunkOffset, long chunkLength, StructureReader source)
            throws ImageDamagedException {
        int shift = map[0];
        if (shift < 0 || shift > MAX_SHIFT) {
            throw source.damaged("its allocation map has shift " + shift + ", expected 0 to " + MAX_SHIFT);
        }
        ExtentList.Builder extents = new ExtentList.Builder();
        LebReader in = new LebReader(map, source);
        long position = 0;
        for (int i = 0; i < extentCount; i++) {
            long gap = in.next(chunkLength >>> shift) << shift;
            long length = in.next(chunkLength >>> shift) << shift;
            boolean fits = gap <= chunkLength - position && (gap > 0 || i == 0)
                    && length > 0 && length <= chunkLength - position - gap;
            if (!fits) {
                throw source.damaged("extent " + i + " of its allocation map leaves the chunk or touches the last one (gap "
                        + gap + ", length " + length + ", " + (chunkLength - position) + " bytes left)");
            }
            extents.add(chunkOffset + position + gap, length);
            position += gap + length;
        }
        ExtentList decoded = extents.build();
        if (in.position != map.length || shift != shift(decoded, chunkOffset)) {
            throw source.damaged("its allocation map is not in the one form for its extents");
        }
        return decoded;
    }

    /** Reads LEB128 numbers of at most 42 bits. */
    private static final class LebReader {
        private final byte[] map;
        private final StructureReader source;
        private int position = 1;

        LebReader(byte[] map, StructureReader source) {
            this.map = map;
            this.source = source;
        }

        long next(long max) throws ImageDamagedException {
            long value = 0;
            for (int i = 0; i < MAX_LEB_BYTES && position < map.length; i++) {
                int part = map[position++];
                value |= (long) (part & LEB_MORE - 1) << i * LEB_BITS;
                if (part >= 0) {
                    if (part == 0 && i > 0 || value > max) {
                        break;
                    }
                    return value;
                }
            }
            throw source.damaged("its allocation map holds no valid number before byte " + position);
        }
    }
}
