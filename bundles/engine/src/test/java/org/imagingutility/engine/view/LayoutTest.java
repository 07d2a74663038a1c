package org.imagingutility.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.imagingutility.engine.view.Layout.Origin;
import org.imagingutility.engine.view.Layout.Region;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final int LENGTH = 200;

    @Test
    void whatIsPutLaterCoversWhatWasThereAndNothingElse() {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            long[][] expected = new long[LENGTH][2];
            Layout.Builder builder = new Layout.Builder(LENGTH);
            for (int i = 1; i <= random.nextInt(12); i++) {
                int offset = random.nextInt(LENGTH + 20);
                int length = random.nextInt(80);
                builder.put(offset, length, Origin.FILE, i, 1000);
                for (int at = offset; at < Math.min(LENGTH, offset + length); at++) {
                    expected[at] = new long[] {i, 1000 + at - offset};
                }
            }
            int from = random.nextInt(LENGTH);
            Layout whole = builder.build();
            same(seed, expected, 0, whole);
            same(seed, expected, from, whole.slice(from, LENGTH - from));
        }
    }

    private static void same(long seed, long[][] expected, int from, Layout layout) {
        long end = 0;
        while (end < layout.length()) {
            Region region = layout.at(end);
            assertThat(region.offset()).as("seed %d", seed).isEqualTo(end);
            for (long at = region.offset(); at < region.end(); at++) {
                long[] byteAt = expected[from + (int) at];
                assertThat(layout.at(at)).isEqualTo(region);
                assertThat(region.origin() == Origin.NOTHING ? 0 : region.source()).as("seed %d, byte %d", seed, at).isEqualTo((int) byteAt[0]);
                if (region.origin() != Origin.NOTHING) {
                    assertThat(region.at() + at - region.offset()).isEqualTo(byteAt[1]);
                }
            }
            end = region.end();
        }
        assertThat(end).isEqualTo(layout.length());
    }

    @Test
    void aDeviceOfNothingIsOneRegionOfZeros() {
        assertThat(new Layout.Builder(7).build().at(6)).isEqualTo(new Region(0, 7, Origin.NOTHING, 0, 0));
    }

    @Test
    void aVolumeLiesInItsDiskWithWhatStandsAroundIt() {
        Layout volume = new Layout.Builder(10).put(0, 10, Origin.IMAGE, 0, 0).build();
        Layout disk = volume.within(30, 8, java.util.List.of(new Region(0, 4, Origin.BYTES, 1, 0)));
        assertThat(disk.at(2)).isEqualTo(new Region(0, 4, Origin.BYTES, 1, 0));
        assertThat(disk.at(5).origin()).isEqualTo(Origin.NOTHING);
        assertThat(disk.at(12)).isEqualTo(new Region(8, 10, Origin.IMAGE, 0, 0));
        assertThat(disk.at(29)).isEqualTo(new Region(18, 12, Origin.NOTHING, 0, 0));
    }
}
