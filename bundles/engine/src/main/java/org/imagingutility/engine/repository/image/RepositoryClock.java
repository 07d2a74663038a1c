package org.imagingutility.engine.repository.image;

import java.time.Duration;
import java.time.Instant;

/** The clock of this machine. Used by several threads at once. */
public interface RepositoryClock {
    /** The system's. */
    RepositoryClock SYSTEM = new RepositoryClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Returns the time of day, which may be set back or forward. */
    Instant now();

    /** Returns nanoseconds that only go on, but may stand still while the machine is suspended. */
    long nanos();

    /**
     * A moment.
     *
     * @param wall time of day
     * @param nanos nanoseconds
     */
    record Moment(Instant wall, long nanos) {
    }

    /** Returns this moment. */
    default Moment moment() {
        return new Moment(now(), nanos());
    }

    /** Returns how long ago {@code moment} was, by whichever of the two says more. */
    default Duration since(Moment moment) {
        Duration wall = Duration.between(moment.wall, now());
        Duration nanos = Duration.ofNanos(nanos() - moment.nanos);
        return wall.compareTo(nanos) > 0 ? wall : nanos;
    }
}
