package org.imagingutility.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private long nanos;
    private boolean cancelled;
    private int notices;
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public void notice(String line) {
            notices++;
        }
    };

    private Patience of(Duration bound) {
        return new Patience(bound, monitor, () -> nanos, slept -> nanos += slept);
    }

    @Test
    void waitsLongerAndLongerUpToTheBoundInAll() throws Exception {
        Patience patience = of(Duration.ofSeconds(30));
        int tries = 0;
        while (patience.waits("the share is away")) {
            tries++;
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(nanos)).isEqualTo(30);
        assertThat(tries).isBetween(5, 8).isEqualTo(notices);
    }

    @Test
    void doesNotWaitWithoutABound() throws Exception {
        assertThat(of(Duration.ZERO).waits("away")).isFalse();
        assertThat(nanos).isZero();
    }

    @Test
    void theTimeCountsAnewWhenTheJobGotOn() throws Exception {
        Patience patience = of(Duration.ofSeconds(1));
        assertThat(patience.waits("away")).isTrue();
        nanos += TimeUnit.HOURS.toNanos(1);
        patience.gotOn();
        assertThat(patience.waits("away")).isTrue();
    }

    @Test
    void endsWhenTheJobIsCancelled() {
        cancelled = true;
        assertThatThrownBy(() -> of(Duration.ofHours(1)).waits("away")).isInstanceOf(CancelledException.class);
        assertThat(nanos).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
}
