package org.imagingutility.shell.interactive;

import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** {@code imaging(2)> }: the number is that of the jobs that run, pause or wait; without any it is left out. */
final class Prompt {
    private final RunningJobs jobs;
    private final boolean colours;
    private final String command;
    private volatile boolean asking;

    Prompt(String command, RunningJobs jobs, boolean colours) {
        this.command = command;
        this.jobs = jobs;
        this.colours = colours;
    }

    /** Notes whether a question stands in the place of the prompt. */
    void asking(boolean question) {
        asking = question;
    }

    boolean isAsking() {
        return asking;
    }

    /** Returns the prompt for now. */
    String text() {
        int live = jobs.live().size();
        AttributedStringBuilder text = new AttributedStringBuilder();
        text.style(AttributedStyle.BOLD).append(command);
        if (live > 0) {
            text.style(AttributedStyle.BOLD.foreground(AttributedStyle.GREEN)).append("(" + live + ")");
        }
        text.style(AttributedStyle.BOLD).append(">").style(AttributedStyle.DEFAULT).append(" ");
        return colours ? text.toAnsi() : text.toString();
    }
}
