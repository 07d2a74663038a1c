package org.imagingutility.launcher;

import java.util.Arrays;

/**
 * What the process was called for: one command, or the shell.
 *
 * @param shell whether the shell is to be opened
 * @param arguments those of the command line, or those of the shell without the word {@code shell}
 */
record Invocation(boolean shell, String[] arguments) {
    private static final String SHELL = "shell";

    /**
     * Returns what {@code typed} asks for. Nothing opens the shell, if there is one; {@code shell --help} is a question that
     * the command line answers.
     */
    static Invocation of(String[] typed, boolean shellInstalled) {
        if (typed.length == 0) {
            return new Invocation(shellInstalled, typed);
        }
        boolean help = typed.length > 1 && (typed[1].equals("--help") || typed[1].equals("-h"));
        return typed[0].equals(SHELL) && shellInstalled && !help
                ? new Invocation(true, Arrays.copyOfRange(typed, 1, typed.length)) : new Invocation(false, typed);
    }

    /** Says whether the one word is {@code --version}, for which no container is needed. */
    static boolean isVersionOnly(String[] typed) {
        return typed.length == 1 && (typed[0].equals("--version") || typed[0].equals("-V"));
    }

    /** Says whether the user wants to see where an error came from. */
    static boolean isVerbose(String[] typed) {
        return Arrays.asList(typed).contains("--verbose");
    }
}
