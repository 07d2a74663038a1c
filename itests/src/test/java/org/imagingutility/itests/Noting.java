package org.imagingutility.itests;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;

/** Keeps what a job tells. */
abstract class Noting implements JobMonitor {
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();

    /** Returns the states the job has told, each with its reason. */
    final List<String> states() {
        return states;
    }

    final List<String> notices() {
        return notices;
    }

    @Override
    public final void state(JobState state, String reason) {
        states.add((state + " " + reason).strip());
    }

    @Override
    public final void notice(String line) {
        notices.add(line);
    }
}
