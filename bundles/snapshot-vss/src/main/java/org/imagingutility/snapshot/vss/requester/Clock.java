package org.imagingutility.snapshot.vss.requester;

import java.util.concurrent.TimeUnit;

/** Time as a requester waits by it. */
public interface Clock {
    /** The clock of the machine. */
    Clock SYSTEM = new Clock() {
        @Override
        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }

        @Override
        public void pause(int milliseconds) throws InterruptedException {
            Thread.sleep(milliseconds);
        }
    };

    /** Returns milliseconds since some moment. */
    long millis();

    /** Lets time pass. */
    void pause(int milliseconds) throws InterruptedException;
}
