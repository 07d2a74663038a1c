package org.imagingutility.api.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class BitmapBlockTest {
    private static final int BITS = 64 * 37;
    private static final long FIRST = 1L << 40;

    @Test
    void findsASingleBitAnywhereFromAnywhere() {
        for (int only = 0; only < BITS; only += 7) {
            BitSet bits = new BitSet(BITS);
            bits.set(only);
            BitmapBlock set = block(bits);
            bits.flip(0, BITS);
            BitmapBlock clear = block(bits);
            for (int from = 0; from < BITS; from += 61) {
                long expected = FIRST + (from <= only ? only : BITS);
                assertThat(set.find(true, FIRST + from)).as("%d from %d", only, from).isEqualTo(expected);
                assertThat(clear.find(false, FIRST + from)).as("%d from %d", only, from).isEqualTo(expected);
            }
        }
    }

    @Test
    void ignoresBitsBehindTheLastCluster() {
        BitSet bits = new BitSet();
        bits.set(70, 128);
        BitmapBlock block = new BitmapBlock(bytes(bits, 128), 0, 67);
        assertThat(block.find(true, 0)).isEqualTo(67);
        assertThat(block.find(false, 66)).isEqualTo(66);
    }

    private static BitmapBlock block(BitSet bits) {
        return new BitmapBlock(bytes(bits, BITS), FIRST, FIRST + BITS);
    }

    private static ByteBuffer bytes(BitSet bits, int count) {
        return ByteBuffer.allocate(count / 8).put(bits.toByteArray()).rewind().order(ByteOrder.LITTLE_ENDIAN);
    }
}
