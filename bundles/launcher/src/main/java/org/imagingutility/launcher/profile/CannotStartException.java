package org.imagingutility.launcher.profile;

/** The container cannot offer the commands; the message says what is missing. */
public class CannotStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        super(message);
    }
}
