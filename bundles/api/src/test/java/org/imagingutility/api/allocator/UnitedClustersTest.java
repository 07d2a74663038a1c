package org.imagingutility.api.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.Test;

/** Whatever two sets of clusters and however small the windows, the union is what a plain look at each cluster says. */
class UnitedClustersTest {
    private static final int FIRST = 2;

    @Test
    void findsWhatEitherHas() throws ImagingException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            findsWhatEitherHas(1 + random.nextInt(3000), 1 + random.nextInt(700), 1 + random.nextInt(400), random, seed);
        }
    }

    private static void findsWhatEitherHas(int count, int window, int longest, Random random, long seed)
            throws ImagingException {
        int end = FIRST + count;
        BitSet recorded = stretches(end, longest, random);
        BitSet referred = stretches(end, longest, random);
        UnitedClusters union = new UnitedClusters((inUse, from) -> find(recorded, inUse, from, end),
                target -> addAll(referred, target), FIRST, end, window);
        BitSet found = new BitSet();
        for (long at = FIRST; at < end;) {
            long start = union.find(true, at);
            at = union.find(false, start);
            found.set((int) start, (int) at);
        }
        BitSet expected = (BitSet) recorded.clone();
        expected.or(referred);
        assertThat(found).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void windowCountsWhatIsAddedInItOrNot() {
        ClusterWindow window = new ClusterWindow(0, 1000, 100);
        window.add(50, 60);
        window.add(900, 950);
        assertThat(window.referred()).isEqualTo(60);
        assertThat(window.find(true, 0)).isEqualTo(50);
        assertThat(window.find(false, 50)).isEqualTo(60);
        assertThat(window.find(true, 60)).isEqualTo(100);
    }

    @Test
    void windowsAreAsManyAsTheClustersNeed() {
        assertThat(UnitedClusters.windowCount(1)).isEqualTo(1);
        assertThat(UnitedClusters.windowCount(ClusterWindow.MAX_CLUSTERS)).isEqualTo(1);
        assertThat(UnitedClusters.windowCount(ClusterWindow.MAX_CLUSTERS + 1)).isEqualTo(2);
    }

    private static BitSet stretches(int end, int longest, Random random) {
        BitSet set = new BitSet();
        for (int at = FIRST + random.nextInt(longest); at < end; at += 1 + random.nextInt(longest)) {
            int to = Math.min(end, at + 1 + random.nextInt(longest));
            set.set(at, to);
            at = to;
        }
        return set;
    }

    private static void addAll(BitSet referred, ClusterWindow target) {
        for (int from = referred.nextSetBit(0); from >= 0; from = referred.nextSetBit(referred.nextClearBit(from))) {
            target.add(from, referred.nextClearBit(from));
        }
    }

    private static long find(BitSet set, boolean inUse, long from, int end) {
        int at = inUse ? set.nextSetBit((int) from) : set.nextClearBit((int) from);
        return at < 0 ? end : Math.min(at, end);
    }
}
