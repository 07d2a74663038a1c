package org.imagingutility.engine.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of new content becomes holes. */
class SparseWriterTest {
    private static final int GRANULE = 64 << 10;
    private final SparseWriter holes = new SparseWriter();
    private final List<String> written = new ArrayList<>();

    private long write(long offset, ByteBuffer content) throws Exception {
        return holes.write(offset, content, (at, piece) -> written.add(at + "+" + piece.remaining()));
    }

    @Test
    void onlyPiecesThatHoldSomethingAreWrittenNeighboursAtOnce() throws Exception {
        ByteBuffer content = ByteBuffer.allocate(5 * GRANULE + 100);
        content.put(GRANULE, (byte) 1).put(3 * GRANULE - 1, (byte) 1).put(5 * GRANULE + 99, (byte) 1);
        assertThat(write(0, content)).isEqualTo(2 * GRANULE + 100);
        assertThat(written).containsExactly(GRANULE + "+" + 2 * GRANULE, 5 * GRANULE + "+100");
        assertThat(content.hasRemaining()).isFalse();
    }

    @Test
    void piecesAreCountedFromTheBeginningOfTheDevice() throws Exception {
        ByteBuffer content = ByteBuffer.allocate(3 * GRANULE).position(512).limit(2 * GRANULE);
        content.put(GRANULE - 1024, (byte) 1);
        write(10L * GRANULE + 1024, content);
        assertThat(written).containsExactly(10L * GRANULE + 1024 + "+" + (GRANULE - 1024));
    }

    @Test
    void zerosAreNotWrittenAtAll() throws Exception {
        assertThat(write(7, ByteBuffer.allocateDirect(1 << 20))).isZero();
        assertThat(write(0, ByteBuffer.allocate(0))).isZero();
        assertThat(written).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsWrittenIntoZerosIsTheContent(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] bytes = new byte[700_000];
        for (int i = 0; i < 6; i++) {
            int from = random.nextInt(bytes.length);
            byte[] part = new byte[random.nextInt(bytes.length - from)];
            random.nextBytes(part);
            System.arraycopy(i % 2 == 0 ? part : new byte[part.length], 0, bytes, from, part.length);
        }
        int base = random.nextInt(100_000);
        byte[] target = new byte[bytes.length];
        long count = holes.write(base, ByteBuffer.wrap(bytes), (at, piece) -> piece.get(target, (int) at - base, piece.remaining()));
        assertThat(Arrays.mismatch(target, bytes)).isEqualTo(-1);
        assertThat(count).isLessThanOrEqualTo(bytes.length);
    }
}
