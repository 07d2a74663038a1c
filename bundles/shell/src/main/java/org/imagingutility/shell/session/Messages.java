package org.imagingutility.shell.session;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.imagingutility.shell.platform.Brand;
import org.osgi.framework.BundleException;

/** Errors of gogo, of its commands and of bundles as one line that a user understands: without names of classes. */
public final class Messages {
    /** What gogo says if no method of that name takes these arguments. */
    private static final Pattern NOT_TAKEN = Pattern.compile("Cannot coerce (\\S+?)\\(.*", Pattern.DOTALL);
    /** The name of a class in front of a message: {@code java.io.IOException: }. */
    private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z][\\w]*\\.)+[A-Z][\\w$]*(?:: |\\b)");
    private static final String NOT_UNDERSTOOD = "the line is not understood; 'help' tells what can be typed";

    private Messages() {
    }

    /** Returns what a message begins with: the program's name. */
    public static String begin() {
        return Brand.ofProcess().command() + ": ";
    }

    /** Returns {@code error} in words. */
    public static String of(Throwable error) {
        String message = error.getMessage() == null ? "" : error.getMessage();
        Matcher notTaken = NOT_TAKEN.matcher(message);
        if (notTaken.matches()) {
            return "\"" + notTaken.group(1) + "\" does not take these arguments";
        }
        if (error instanceof NoSuchFileException) {
            return "\"" + message + "\": there is no such file";
        }
        if (error instanceof AccessDeniedException) {
            return "\"" + message + "\": not permitted";
        }
        if (error instanceof NotDirectoryException) {
            return "\"" + message + "\" is no folder";
        }
        if (error instanceof EOFError) {
            return "a quotation mark or a bracket is not closed";
        }
        boolean worded = error instanceof IllegalArgumentException && !(error instanceof NumberFormatException)
                || error instanceof IllegalStateException || error instanceof SyntaxError
                || error instanceof FileNotFoundException || error instanceof FileSystemException || error instanceof java.io.IOException
                || error instanceof BundleException || error.getClass() == Exception.class || error.getClass() == RuntimeException.class;
        if (!worded || message.isBlank()) {
            // of gogo's own making: a null, an index, a cast
            System.getLogger(Messages.class.getPackageName()).log(System.Logger.Level.DEBUG, "a line failed", error);
            return NOT_UNDERSTOOD;
        }
        return withoutClasses(message);
    }

    /** Returns a message without the names of classes in it. */
    static String withoutClasses(String message) {
        return CLASS.matcher(message).replaceAll("").strip();
    }
}
