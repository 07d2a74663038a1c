package org.imagingutility.command;

/** A shell command ended with an exit code that is not 0. What went wrong was printed by the command. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    CommandFailedException(String command, int exitCode) {
        super(command + " ended with exit code " + exitCode);
        this.exitCode = exitCode;
    }

    /** Returns the exit code, as the same command line in a process would have. */
    public int exitCode() {
        return exitCode;
    }
}
