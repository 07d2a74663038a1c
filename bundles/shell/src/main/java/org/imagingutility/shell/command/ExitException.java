package org.imagingutility.shell.command;

/** The user wants to leave the shell. */
public final class ExitException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    public ExitException(int exitCode) {
        super("exit " + exitCode);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
