package org.imagingutility.engine.read;

import java.util.ArrayDeque;

/**
 * The tasks of a pipeline that were drawn and are not done. When a pipeline was interrupted, those are drawn once more, before
 * what comes behind them. Used by several threads at once.
 *
 * @param <T> kind of task
 */
public final class InFlightTasks<T> {
    private final ArrayDeque<T> underWay = new ArrayDeque<>();
    private final ArrayDeque<T> resubmit = new ArrayDeque<>();
    private long done;

    /** Returns a task that is to be done again; null if none is. */
    public synchronized T resubmit() {
        T task = resubmit.poll();
        if (task != null) {
            underWay.add(task);
        }
        return task;
    }

    /** Notes that a task was drawn, and returns it; null, the end, is not noted. */
    public synchronized T drawn(T task) {
        if (task != null) {
            underWay.add(task);
        }
        return task;
    }

    /** Notes that the first of the tasks under way is done: they come to their end in the order they were drawn in. */
    public synchronized void done() {
        underWay.remove();
        done++;
    }

    /** Returns how many tasks are done. */
    public synchronized long doneCount() {
        return done;
    }

    /** Says that what is under way will not be done any more: another pipeline begins. */
    public synchronized void restart() {
        while (!underWay.isEmpty()) {
            resubmit.addFirst(underWay.removeLast());
        }
    }
}
