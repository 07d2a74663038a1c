package org.imagingutility.shell;

/** The exit codes that are the shell's own; those of commands are passed on. */
final class ExitCodes {
    static final int DONE = 0;
    static final int USAGE = 1;
    static final int INPUT_OUTPUT = 3;
    /** What commands end with whose target cannot be written. */
    static final int TARGET = 6;
    /** What a shell reports for a program ended by a signal: 128 and its number. */
    static final int SIGNAL = 128;

    private ExitCodes() {
    }
}
