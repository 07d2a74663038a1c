package org.imagingutility.allocator.btrfs.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.imagingutility.api.error.ImagingException;

/** Ranges in lists and in unions against the same told number by number. */
class UnionTest {
    private static final int NUMBERS = 200;

    @Property(tries = 300)
    void aUnionHasWhatOneOfBothHasAndNoMore(@ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int first,
            @ForAll @IntRange(min = 0, max = 12) int second) throws ImagingException {
        Random random = new Random(seed);
        int from = random.nextInt(NUMBERS);
        int to = from + random.nextInt(NUMBERS - from) + 1;
        BitSet model = new BitSet();
        Union union = new Union(list(random, first, model).within(from, to), list(random, second, model).within(from, to));
        model.clear(0, from);
        model.clear(to, 2 * NUMBERS);
        BitSet found = new BitSet();
        long end = -1;
        while (union.next()) {
            assertThat(union.start()).isGreaterThan(end);
            assertThat(union.end()).isGreaterThan(union.start());
            end = union.end();
            found.set((int) union.start(), (int) union.end());
        }
        assertThat(union.next()).isFalse();
        assertThat(found).isEqualTo(model);
    }

    private static RangeList list(Random random, int count, BitSet model) {
        RangeList.Builder ranges = new RangeList.Builder();
        for (int i = 0; i < count; i++) {
            int start = random.nextInt(NUMBERS);
            int end = start + random.nextInt(20);
            ranges.add(start, end);
            model.set(start, end);
        }
        return ranges.build();
    }
}
