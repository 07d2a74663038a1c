package org.imagingutility.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imagingutility.shell.session.Gogo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ctrl+C stops the command that runs and nothing else. */
class ForegroundTest {
    private final Gogo gogo = new Gogo();
    private final Foreground foreground = gogo.foreground;

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void aCommandThatAsksIsAskedToStopAndNotInterrupted() {
        AtomicBoolean interrupted = new AtomicBoolean();
        gogo.command("job", (session, arguments) -> {
            foreground.enter();
            try {
                foreground.cancel();
                assertThat(foreground.cancelled()).isTrue();
                interrupted.set(Thread.interrupted());
                throw new CommandFailedException("job", 6);
            } finally {
                foreground.leave();
            }
        });
        assertThat(gogo.session.run("job")).isEqualTo(6);
        assertThat(interrupted).isFalse();
        assertThat(foreground.ended()).as("the shell goes on").isEmpty();
    }

    @Test
    void theNextLineStartsUncancelled() {
        gogo.command("cancels", (session, arguments) -> {
            foreground.cancel();
            return null;
        });
        AtomicBoolean cancelled = new AtomicBoolean(true);
        gogo.command("asks", (session, arguments) -> {
            cancelled.set(foreground.cancelled());
            return null;
        });
        gogo.session.run("cancels");
        assertThat(gogo.session.run("asks")).isEqualTo(0);
        assertThat(cancelled).isFalse();
    }

    @Test
    void aCommandThatDoesNotAskIsInterrupted() throws InterruptedException {
        CountDownLatch sleeping = new CountDownLatch(1);
        CountDownLatch forever = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);
        gogo.command("sleeps", (session, arguments) -> {
            sleeping.countDown();
            try {
                forever.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            } finally {
                over.countDown();
            }
            return null;
        });
        int[] exitCode = {-1};
        Thread line = new Thread(() -> exitCode[0] = gogo.session.run("sleeps"));
        line.start();
        assertThat(sleeping.await(60, TimeUnit.SECONDS)).isTrue();
        foreground.cancel();
        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        line.join(60_000);
        assertThat(interrupted).isTrue();
        assertThat(exitCode[0]).as("128 and the number of SIGINT").isEqualTo(130);
        assertThat(foreground.ended()).isEmpty();
    }

    @Test
    void aSignalEndsTheShellAndCancelsWhatRuns() {
        AtomicBoolean told = new AtomicBoolean();
        foreground.onEnd(() -> told.set(true));
        foreground.end(143);
        assertThat(foreground.ended()).hasValue(143);
        assertThat(told).isTrue();
        foreground.begin(gogo.session());
        assertThat(foreground.cancelled()).as("also a line that begins just then").isTrue();
    }

    @Test
    void theEndOfAJobIsShownOnce() {
        foreground.shows("3");
        assertThat(foreground.isShown("3")).isTrue();
        assertThat(foreground.takeShown("3")).isTrue();
        assertThat(foreground.takeShown("3")).isFalse();
    }
}
