package org.imagingutility.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

class ProbedDeviceTest {
    private final List<String> notices = new ArrayList<>();
    private boolean cancelled;
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public void notice(String line) {
            notices.add(line);
        }
    };
    private final ProbedDevice device = new ProbedDevice(new MemoryDevice(new byte[8192]), monitor, 0);

    @Test
    void aJobThatIsToStopStopsAtTheNextRead() throws Exception {
        ByteBuffer page = ByteBuffer.allocateDirect(8192).alignedSlice(4096).limit(4096);
        device.read(0, page);
        cancelled = true;
        assertThatThrownBy(() -> device.read(4096, page.clear().limit(4096))).isInstanceOf(CancelledException.class);
    }

    @Test
    void tellsWhatTakesLongAndLessAndLessOften() {
        long second = 1_000_000_000L;
        for (int at = 0; at <= 100; at++) {
            device.tell(at * second);
        }
        // after 3, 6, 12, 24, 48 and 96 seconds
        assertThat(notices).hasSize(6).allMatch(text -> text.contains("still looking at the file system"));
    }
}
