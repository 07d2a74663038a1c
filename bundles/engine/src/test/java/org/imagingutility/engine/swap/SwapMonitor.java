package org.imagingutility.engine.swap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;

/** Does something each time the job asks whether it should stop, and notes what the job says. */
final class SwapMonitor implements JobMonitor {
    private final IntConsumer atAsking;
    private final Consumer<String> atState;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;
    private int asked;

    /** {@code atAsking} gets how often the job has asked, from 1 on. */
    SwapMonitor(IntConsumer atAsking) {
        this(atAsking, state -> { });
    }

    /** {@code atState} gets each state with its reason, once it is noted. */
    SwapMonitor(IntConsumer atAsking, Consumer<String> atState) {
        this.atAsking = atAsking;
        this.atState = atState;
    }

    List<String> notices() {
        return notices;
    }

    List<String> states() {
        return states;
    }

    /** Says whether the job has told that it waits for a plug-in of this kind. */
    boolean waited(String kind) {
        return states.stream().anyMatch(state -> state.startsWith("WAITING " + kind + " "));
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public void notice(String line) {
        notices.add(line);
    }

    @Override
    public void state(JobState state, String reason) {
        String told = (state + " " + reason).strip();
        states.add(told);
        atState.accept(told);
    }

    @Override
    public boolean cancelled() {
        atAsking.accept(++asked);
        return cancelled;
    }

    @Override
    public String jobName() {
        return "job 7";
    }
}
