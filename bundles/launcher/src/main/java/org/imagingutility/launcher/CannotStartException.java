package org.imagingutility.launcher;

/** The container cannot offer the commands; the message says what is missing. */
class CannotStartException extends Exception {
    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }
}
