package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.ForwardingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A read that is given up is ended, where the device can do that, so that nothing of it is left behind. */
class CancelledReadTest {
    private final Object cancelling = new Object();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ByteBuffer reading;
    private volatile ByteBuffer wanted;

    private final class Hanging extends ForwardingDevice {
        Hanging() {
            super(new CountingDevice(1 << 20, 512, new SparseBytes()));
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            reading = target;
            synchronized (cancelling) {
                while (wanted != target) {
                    try {
                        cancelling.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        break;
                    }
                }
            }
            ended.countDown();
            throw new DeviceException("d", offset, "cancelled", null, null);
        }

        @Override
        public void cancelRead(ByteBuffer target) {
            synchronized (cancelling) {
                wanted = target;
                cancelling.notifyAll();
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    @Timeout(60)
    void aReadThatHangsIsEndedWhenTheJobIsStopped() throws Exception {
        GuardedDevice device = new GuardedDevice(new Hanging(), ImageRequest.ReadErrors.DEFAULT, KnownBadRanges.NONE, () -> false);
        ByteBuffer target = ByteBuffer.allocateDirect(4096);
        FutureTask<Boolean> read = new FutureTask<>(() -> device.tryRead(0, target));
        new Thread(read).start();
        while (reading == null) {
            Thread.onSpinWait();
        }
        device.stop();
        assertThatThrownBy(read::get).hasCauseInstanceOf(CancelledException.class);
        assertThat(wanted).isSameAs(target);
        wanted = null;
        assertThatThrownBy(() -> device.tryRead(0, target)).isInstanceOf(CancelledException.class);
        assertThat(wanted).as("a read that was not begun is not cancelled").isNull();
    }

    @Test
    void aReadThatTakesTooLongIsCancelledAndTheDeviceIsClosedThen() throws Exception {
        AbandonableReads reads = new AbandonableReads(new Hanging(), Duration.ofMillis(1), Duration.ofSeconds(30), () -> false);
        ByteBuffer target = ByteBuffer.allocateDirect(8192).alignedSlice(4096).limit(4096);
        do {
            // a read that is given up before its thread got to it is not begun at all, and the next one hangs again
            wanted = null;
            assertThatThrownBy(() -> reads.read(false, 0, target)).isInstanceOf(DeviceException.class).hasMessageContaining("did not answer");
        } while (reading == null);
        assertThat(wanted).isSameAs(reading);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        reads.close();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
