package org.imagingutility.format.skz.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.imagingutility.api.ExtentList;
import org.junit.jupiter.api.Test;

/** The windows that some extents touch. */
class FrameWindowsTest {

    @Test
    void reachTheEndOfTheLargestDevice() {
        int frameSize = 4 << 20;
        ExtentList extents = new ExtentList.Builder().add(Long.MAX_VALUE - 1, 1).build();
        FrameWindows windows = new FrameWindows(extents, frameSize);
        assertThat(windows.next()).isEqualTo(Long.MAX_VALUE / frameSize);
        assertThat(windows.hasNext()).isFalse();
    }
}
