package org.imagingutility.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imagingutility.launcher.profile.CannotStartException;

/**
 * The arguments as the start program for Windows hands them over. Java's own launcher reads them in the system's code page and
 * makes {@code ?} of what that lacks; the environment is text in UTF-16 there for both sides.
 *
 * <p>The variable {@value #VARIABLE} holds each argument as {@code LENGTH:TEXT}, the length in decimal digits and UTF-16
 * units, one behind the other; the property {@value #PROPERTY} says that it is meant.
 */
final class PassedArguments {
    private static final String PROPERTY = "imaging.arguments";
    private static final String VARIABLE = "IMAGING_ARGUMENTS";

    private PassedArguments() {
    }

    /** Returns what the start program passed, or {@code typed} if it passed nothing. */
    static String[] orElse(String[] typed, Map<String, String> environment) throws CannotStartException {
        if (!"environment".equals(System.getProperty(PROPERTY))) {
            return typed;
        }
        // a variable that is empty, for no arguments, is the same as none
        return parse(environment.getOrDefault(VARIABLE, ""));
    }

    static String[] parse(String passed) throws CannotStartException {
        List<String> arguments = new ArrayList<>();
        int at = 0;
        while (at < passed.length()) {
            int colon = passed.indexOf(':', at);
            int length = colon < 0 ? -1 : length(passed.substring(at, colon));
            if (length < 0 || length > passed.length() - colon - 1) {
                throw new CannotStartException("the variable " + VARIABLE + " of the environment is not what the start program sets");
            }
            arguments.add(passed.substring(colon + 1, colon + 1 + length));
            at = colon + 1 + length;
        }
        return arguments.toArray(String[]::new);
    }

    private static int length(String digits) {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
