package org.imagingutility.allocator.ext.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupBitmapTest {
    private static final int BLOCK = 1024;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 63, 64, 65, 1000, 8191, 8192})
    void saysWhatAPlainSetOfBitsSays(int clusters) {
        Random random = new Random(clusters);
        GroupBitmap bitmap = new GroupBitmap(BLOCK);
        for (int round = 0; round < 20; round++) {
            byte[] block = new byte[BLOCK];
            byte[] more = new byte[BLOCK];
            random.nextBytes(block);
            Arrays.fill(block, BLOCK / 8, BLOCK / 2, (byte) (round % 2 == 0 ? 0 : -1));
            Arrays.fill(more, (byte) 0);
            more[random.nextInt(BLOCK)] = 0x11;
            BitSet expected = BitSet.valueOf(block);
            expected.or(BitSet.valueOf(more));
            int from = random.nextInt(clusters);
            int to = from + random.nextInt(clusters - from) + 1;
            expected.set(from, to);
            expected.clear(clusters, BLOCK * 8);

            bitmap.begin(clusters, ByteBuffer.wrap(block));
            bitmap.add(ByteBuffer.wrap(more));
            bitmap.set(from, to);

            assertThat(bitmap.freeCount()).isEqualTo(clusters - expected.cardinality());
            for (int at = 0; at <= clusters; at += 1 + random.nextInt(50)) {
                int used = expected.nextSetBit(at);
                assertThat(bitmap.find(true, at)).as("used from %d", at).isEqualTo(used < 0 ? clusters : used);
                assertThat(bitmap.find(false, at)).as("free from %d", at)
                        .isEqualTo(Math.min(clusters, expected.nextClearBit(at)));
            }
        }
        bitmap.begin(clusters);
        assertThat(bitmap.find(true, 0)).isEqualTo(clusters);
        assertThat(bitmap.freeCount()).isEqualTo(clusters);
    }
}
