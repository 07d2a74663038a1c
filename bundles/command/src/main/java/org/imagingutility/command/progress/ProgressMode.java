package org.imagingutility.command.progress;

/** How progress is shown. */
public enum ProgressMode {
    /** A bar that is drawn over itself. */
    BAR,
    /** A line at a time. */
    PLAIN,
    /** A JSON object a line, on standard output. */
    JSON
}
