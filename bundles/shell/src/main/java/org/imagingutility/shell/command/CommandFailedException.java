package org.imagingutility.shell.command;

/** A command ended with an exit code that is not 0. What went wrong was told by the command. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    public CommandFailedException(String command, int exitCode) {
        super(command + " ended with exit code " + exitCode);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
