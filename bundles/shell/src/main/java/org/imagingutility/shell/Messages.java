package org.imagingutility.shell;

/** Errors as one line. */
final class Messages {
    private Messages() {
    }

    /** Returns what a message begins with: the program's name. */
    static String begin() {
        return Brand.ofProcess().command() + ": ";
    }

    /** Returns the message of {@code error}, with its type where that says more than the message. */
    static String of(Throwable error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName();
        }
        return error instanceof IllegalArgumentException || error instanceof RuntimeException && message.contains(" ")
                ? message : error.getClass().getSimpleName() + ": " + message;
    }
}
