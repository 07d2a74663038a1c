package org.imagingutility.command.progress;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.command.text.TerminalText;
import org.imagingutility.command.text.Wrapping;

/** Several jobs at once: a line with a bar for each that is drawn over itself, or plain lines. For one thread. */
public interface JobBoard {
    /** Stand for what was left out. */
    String DOTS = "...";
    /** A shorter piece of a reason says nothing. */
    int LEAST_REASON = 10;

    /** Shows how the jobs stand; always the same ones in the same order. */
    void show(List<JobStatus> jobs);

    /** Returns a board on a terminal of {@code columns} characters a line. */
    static JobBoard onTerminal(PrintStream err, int columns) {
        return new Drawn(err, columns);
    }

    /** Returns a board of lines: one for each change of a job's state, and about one a second for each that gets on. */
    static JobBoard lines(PrintStream err, LongSupplier nanoClock) {
        return new Printed(err, nanoClock);
    }

    /** Returns one job in at most {@code width} characters, of which its number and where it stands are never given up. */
    static String line(JobStatus job, int width) {
        String id = job.id() + " ";
        int room = Math.max(0, width - id.length());
        String what = TerminalText.safe(job.request().kind() + " " + job.request().subject());
        boolean plain = job.state() == JobState.RUNNING && job.progress().isPresent();
        return id + (plain ? BarProgress.line(what, job.progress().get(), room) : standing(job, what, room));
    }

    private static String standing(JobStatus job, String what, int room) {
        String state = job.state().name();
        String far = job.progress().filter(progress -> job.state() != JobState.DONE)
                .map(progress -> ", " + ProgressText.percent(progress)).orElse("");
        String reason = job.reason().isEmpty() ? "" : " " + TerminalText.safe(job.reason());
        String whole = what + ": " + state + reason + far;
        if (whole.length() <= room) {
            return whole;
        }
        int whatRoom = room - state.length() - far.length() - 2;
        if (whatRoom <= DOTS.length()) {
            return state.length() + far.length() <= room ? state + far : state;
        }
        String head = BarProgress.tail(what, whatRoom) + ": " + state;
        int reasonRoom = room - head.length() - far.length() - DOTS.length() - 1;
        return head + (reasonRoom > LEAST_REASON ? Wrapping.lines(reason, reasonRoom).get(0) + " " + DOTS : "") + far;
    }

    /** Lines that are drawn over themselves. */
    final class Drawn implements JobBoard {
        /** What scrolled out of sight cannot be drawn over; a terminal has hardly fewer lines. */
        private static final int MAX_LINES = 20;
        private final PrintStream err;
        private final int columns;
        private int drawn;

        private Drawn(PrintStream err, int columns) {
            this.err = err;
            this.columns = columns;
        }

        @Override
        public void show(List<JobStatus> jobs) {
            StringBuilder text = new StringBuilder();
            if (drawn > 0) {
                text.append("\u001b[").append(drawn).append('A'); // up to the first line (ECMA-48, CUU)
            }
            int shown = Math.min(jobs.size(), MAX_LINES);
            for (JobStatus job : jobs.subList(0, shown)) {
                append(text, line(job, columns - 1));
            }
            drawn = shown;
            if (jobs.size() > shown) {
                append(text, "... and " + (jobs.size() - shown) + " more");
                drawn++;
            }
            err.print(text);
            err.flush();
        }

        private static void append(StringBuilder text, String line) {
            text.append('\r').append(line).append("\u001b[K\n"); // clear to the end of the line (ECMA-48, EL)
        }
    }

    /** Lines one after another. */
    final class Printed implements JobBoard {
        private static final int WIDTH = 1000;
        private final PrintStream err;
        private final LongSupplier nanoClock;
        private final Map<String, Pace> paces = new HashMap<>();
        private final Map<String, String> states = new HashMap<>();

        private Printed(PrintStream err, LongSupplier nanoClock) {
            this.err = err;
            this.nanoClock = nanoClock;
        }

        @Override
        public void show(List<JobStatus> jobs) {
            for (JobStatus job : jobs) {
                String state = job.state() + job.reason();
                boolean changed = !state.equals(states.put(job.id(), state));
                Pace pace = paces.computeIfAbsent(job.id(), id -> new Pace(nanoClock, 1_000_000_000L));
                boolean gotOn = job.state() == JobState.RUNNING && job.progress().map(pace::passes).orElse(false);
                if (gotOn || changed && !(job.state() == JobState.RUNNING && job.progress().isEmpty())) {
                    err.println(job.state() == JobState.RUNNING && job.progress().isPresent()
                            ? TerminalText.safe(job.id() + " " + job.request().kind() + " " + job.request().subject()) + ": "
                                    + ProgressText.figures(job.progress().get())
                            : line(job, WIDTH));
                }
            }
            err.flush();
        }
    }
}
