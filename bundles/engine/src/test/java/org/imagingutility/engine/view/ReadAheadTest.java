package org.imagingutility.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private final List<Long> fetched = new ArrayList<>();
    private final ReadAhead ahead = new ReadAhead(4, fetched::add);

    private List<Long> reads(long... windows) {
        fetched.clear();
        for (long window : windows) {
            ahead.reads(window);
        }
        return fetched;
    }

    @Test
    void whoGoesOnFromFrameToFrameFindsMoreAndMoreDecodedAndNothingTwice() {
        assertThat(reads(10)).isEmpty();
        assertThat(reads(11)).as("may be chance").isEmpty();
        assertThat(reads(12)).containsExactly(13L, 14L);
        assertThat(reads(13)).containsExactly(15L, 16L, 17L);
        assertThat(reads(14)).containsExactly(18L);
        assertThat(reads(14, 13, 12)).as("requests that were overtaken").isEmpty();
        assertThat(reads(15)).containsExactly(19L);
    }

    @Test
    void readsAtRandomHaveNothingDecodedForNothing() {
        assertThat(reads(500, 20, 21, 300, 7, 301, 90, 8, 40)).isEmpty();
    }

    @Test
    void severalReadersAreToldApart() {
        for (long reader = 0; reader < 8; reader++) {
            reads(reader * 1000, reader * 1000 + 1);
        }
        for (long reader = 0; reader < 8; reader++) {
            assertThat(reads(reader * 1000 + 2)).containsExactly(reader * 1000 + 3, reader * 1000 + 4);
        }
    }

    @Test
    void withoutRoomNothingIsDecodedAhead() {
        ReadAhead none = new ReadAhead(0, fetched::add);
        for (long window = 0; window < 10; window++) {
            none.reads(window);
        }
        assertThat(fetched).isEmpty();
    }
}
