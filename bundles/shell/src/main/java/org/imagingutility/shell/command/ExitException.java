package org.imagingutility.shell;

/** The user wants to leave the shell. */
final class ExitException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    ExitException(int exitCode) {
        super("exit " + exitCode);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
