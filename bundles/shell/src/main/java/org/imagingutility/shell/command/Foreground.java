package org.imagingutility.shell.command;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;

/**
 * What runs in the foreground, and whether it should stop. A command of this project is asked to and comes to an end by
 * itself, as its job has to close its image; another one is interrupted. Safe for several threads.
 */
public final class Foreground {
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private volatile CommandSession session;
    private volatile int asking;
    private volatile boolean cancelled;
    private volatile Integer endCode;
    private volatile boolean replaced;
    private volatile Runnable onEnd = () -> { };

    /** Begins a line of {@code session}: nothing is cancelled any more. */
    public void begin(CommandSession current) {
        session = current;
        cancelled = endCode != null;
    }

    /** Ends a line. */
    public void finish() {
        session = null;
    }

    /** A command that asks {@link #cancelled} by itself began. */
    synchronized void enter() {
        asking++;
    }

    /** Such a command is over. */
    synchronized void leave() {
        asking--;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Asks what runs to stop; asked once more, it is left to itself. */
    public void cancel() {
        boolean again = cancelled;
        cancelled = true;
        if (asking == 0 || again) {
            Optional.ofNullable(session).map(CommandSession::foregroundJob).ifPresent(Job::interrupt);
        }
    }

    /** Makes the shell end with {@code exitCode}, and what runs with it. */
    public void end(int exitCode) {
        endCode = exitCode;
        cancel();
        onEnd.run();
    }

    /** Makes the shell end because its bundle goes: another one takes over, and jobs go on. */
    public void replace() {
        replaced = true;
        end(ExitCodes.DONE);
    }

    public boolean isReplaced() {
        return replaced;
    }

    /** Returns the exit code the shell is to end with, if it is. */
    public OptionalInt ended() {
        Integer code = endCode;
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** Sets what else is to be done when the shell is to end. */
    public void onEnd(Runnable action) {
        onEnd = action;
    }

    /** Notes that a command shows how that job ends. */
    void shows(String jobId) {
        shown.add(jobId);
    }

    /** Says whether a command shows that job. */
    public boolean isShown(String jobId) {
        return shown.contains(jobId);
    }

    /** Says whether a command showed that job's end, once. */
    public boolean takeShown(String jobId) {
        return shown.remove(jobId);
    }
}
