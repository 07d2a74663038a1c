package org.imagingutility.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.junit.jupiter.api.Test;

class RetryBackoffTest {
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

    private RetryBackoff of(Duration bound) {
        return new RetryBackoff(bound, monitor, () -> nanos, slept -> nanos += slept);
    }

    @Test
    void waitsLongerAndLongerUpToTheBoundInAll() throws Exception {
        RetryBackoff backoff = of(Duration.ofSeconds(30));
        int tries = 0;
        while (backoff.awaitRetry("the share is away")) {
            tries++;
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(nanos)).isEqualTo(30);
        assertThat(tries).isBetween(5, 8).isEqualTo(notices);
    }

    @Test
    void doesNotWaitWithoutABound() throws Exception {
        assertThat(of(Duration.ZERO).awaitRetry("away")).isFalse();
        assertThat(nanos).isZero();
    }

    @Test
    void theTimeStartsOverWhenTheJobGotOn() throws Exception {
        RetryBackoff backoff = of(Duration.ofSeconds(1));
        assertThat(backoff.awaitRetry("away")).isTrue();
        nanos += TimeUnit.HOURS.toNanos(1);
        backoff.madeProgress();
        assertThat(backoff.awaitRetry("away")).isTrue();
    }

    @Test
    void endsWhenTheJobIsCancelled() {
        cancelled = true;
        assertThatThrownBy(() -> of(Duration.ofHours(1)).awaitRetry("away")).isInstanceOf(CancelledException.class);
        assertThat(nanos).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
}
