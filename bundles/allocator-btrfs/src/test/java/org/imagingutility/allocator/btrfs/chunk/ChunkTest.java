package org.imagingutility.allocator.btrfs.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChunkTest {
    private static final long LOGICAL = 5 << 20;
    private static final long PLACE = 3 << 20;
    private static final int ROWS = 4;

    /** A range of addresses against its units told one by one: each stripe has what is its own, without a gap. */
    @Property(tries = 300)
    void aRangeHasInEachStripeTheBytesThatAreItsOwn(@ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @LongRange(min = 0, max = 20 * 65_536) long a, @ForAll @LongRange(min = 0, max = 20 * 65_536) long b) {
        long length = ROWS * columns * Chunk.UNIT;
        long from = Math.min(Math.min(a, b), length);
        long to = Math.min(Math.max(a, b), length);
        long sum = 0;
        for (int column = 0; column < columns; column++) {
            Chunk.Stripe stripe = new Chunk.Stripe(column, PLACE);
            Chunk chunk = new Chunk(LOGICAL, length, 1 | 8, Profile.RAID0, columns, List.of(stripe));
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (long unit = 0; unit < (long) ROWS * columns; unit++) {
                long first = Math.max(from, unit * Chunk.UNIT);
                long end = Math.min(to, (unit + 1) * Chunk.UNIT);
                if (unit % columns == column && first < end) {
                    long place = PLACE + unit / columns * Chunk.UNIT - unit * Chunk.UNIT;
                    least = Math.min(least, place + first);
                    most = Math.max(most, place + end);
                }
            }
            long start = chunk.offsetIn(stripe, LOGICAL + from);
            long end = chunk.offsetIn(stripe, LOGICAL + to);
            if (most > least) {
                assertThat(start).isEqualTo(least);
                assertThat(end).isEqualTo(most);
            } else {
                assertThat(end).isEqualTo(start);
            }
            sum += end - start;
        }
        assertThat(sum).isEqualTo(to - from);
    }

    @Test
    void stripesOfRaid10AreOfColumnsInPairs() {
        assertThat(Profile.RAID10.columns(6)).isEqualTo(3);
        assertThat(Profile.RAID10.column(0)).isZero();
        assertThat(Profile.RAID10.column(5)).isEqualTo(2);
        assertThat(Profile.RAID10.fits(5)).isFalse();
        assertThat(Profile.RAID5.columns(3)).isEqualTo(2);
        assertThat(Profile.RAID6.columns(4)).isEqualTo(2);
        assertThat(Profile.DUP.fits(3)).isFalse();
        assertThat(Profile.of(8 | 16)).isEmpty();
    }

    @Test
    void aNodeThatIsSplitBetweenStripesHasNoCopy() {
        Chunk.Stripe stripe = new Chunk.Stripe(0, PLACE);
        Chunk chunk = new Chunk(LOGICAL, 4 * Chunk.UNIT, 4 | 8, Profile.RAID0, 2, List.of(stripe));
        assertThat(chunk.copies(LOGICAL + 8192, 16_384)).containsExactly(PLACE + 8192);
        assertThat(chunk.copies(LOGICAL + Chunk.UNIT, 16_384)).isEmpty();
        assertThat(chunk.copies(LOGICAL + Chunk.UNIT - 8192, 16_384)).isEmpty();
    }
}
