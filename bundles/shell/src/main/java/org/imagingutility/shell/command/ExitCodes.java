package org.imagingutility.shell.command;

/** The exit codes that are the shell's own; those of commands are passed on. */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int USAGE = 1;
    public static final int INPUT_OUTPUT = 3;
    /** What commands end with whose target cannot be written. */
    public static final int TARGET = 6;
    /** What a shell reports for a program ended by a signal: 128 and its number. */
    public static final int SIGNAL = 128;

    private ExitCodes() {
    }
}
