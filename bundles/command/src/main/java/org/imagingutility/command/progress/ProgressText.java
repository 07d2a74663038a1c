package org.imagingutility.command.progress;

import java.util.Locale;
import org.imagingutility.api.job.Progress;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Durations;
import org.imagingutility.command.text.TerminalText;

/** The numbers of a progress, and the words that line and bar have in common. */
public final class ProgressText {
    private ProgressText() {
    }

    /** Returns how much is done, 0 to 1. */
    static double share(Progress progress) {
        if (progress.totalBytes() <= 0) {
            return 0;
        }
        return Math.min(1, Math.max(0, (double) progress.doneBytes() / progress.totalBytes()));
    }

    /** Returns the seconds left if it continues as it went so far, or -1 if nothing can be said. */
    static long secondsLeft(Progress progress) {
        long doneNow = doneNow(progress);
        if (doneNow <= 0 || progress.elapsedNanos() <= 0) {
            return -1;
        }
        double nanosPerByte = (double) progress.elapsedNanos() / doneNow;
        return (long) Math.ceil(Math.max(0, progress.totalBytes() - progress.doneBytes()) * nanosPerByte / 1e9);
    }

    /** Returns the bytes that this run has done: rate and time left follow from these alone. */
    static long doneNow(Progress progress) {
        return progress.doneBytes() - progress.earlierBytes();
    }

    /** Returns {@code Imaging C:}. */
    static String subject(Progress progress) {
        return TerminalText.safe(progress.activity() + " " + progress.subject());
    }

    /** Returns {@code 27.9%}; 100.0% only when all is done: rounding must not claim it. */
    public static String percent(Progress progress) {
        return String.format(Locale.ROOT, "%.1f%%",
                progress.doneBytes() < progress.totalBytes() ? Math.min(99.9, 100 * share(progress)) : 100);
    }

    /** Returns {@code " 27.9%  ETA 03:12"}. */
    static String shortFigures(Progress progress) {
        return String.format(Locale.ROOT, "%6s  ETA %s", percent(progress), Durations.clock(secondsLeft(progress)));
    }

    /** Returns {@code " 27.9%  12.3 GiB / 44.5 GiB  420.5 MiB/s  ETA 03:12"}. */
    static String figures(Progress progress) {
        return String.format(Locale.ROOT, "%6s  %s / %s  %s  ETA %s", percent(progress), ByteSizes.format(progress.doneBytes()),
                ByteSizes.format(progress.totalBytes()),
                // nothing done beside what an earlier run did: that is being checked, and has no rate
                doneNow(progress) == 0 && progress.earlierBytes() > 0 ? "-" : ByteSizes.formatRate(doneNow(progress), progress.elapsedNanos()),
                Durations.clock(secondsLeft(progress)));
    }
}
