package org.imagingutility.api.file;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Makes paths of what users write. On Windows names come in forms that Java does not take ({@code \\?\C:\x}, which it takes
 * itself for what is long), and some that it takes lead to other files than they seem to: those are refused. Rules of the names:
 * "Naming Files, Paths, and Namespaces" of the Windows documentation. Safe for several threads.
 */
public final class FilePaths {
    private static final boolean ON_WINDOWS = File.separatorChar == '\\';
    /** Names that lead to a device in every folder, whatever extension they have. */
    private static final Set<String> RESERVED = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
    private static final Set<String> NUMBERED = Set.of("COM", "LPT");
    /** Windows takes the superscript digits of Latin-1 for digits here. */
    private static final String DIGITS = "0123456789\u00b9\u00b2\u00b3";
    private static final int NUMBERED_LENGTH = 4;
    private static final int PREFIX = 4;

    private FilePaths() {
    }

    /**
     * Returns the path that a user named.
     *
     * @throws InvalidPathException if there can be no such file, or it would be another one than it seems; the reason is in words
     *         for the user
     */
    public static Path of(String named) {
        return Path.of(ON_WINDOWS ? onWindows(named) : named);
    }

    /**
     * Says whether {@code named} is a path of files with the prefix that takes it out of Windows' care for names:
     * {@code \\?\C:\x} or {@code \\?\UNC\server\share\x}. {@code \\?\C:\} alone, {@code \\?\Volume{...}} and {@code \\.\...} are
     * devices.
     */
    public static boolean isVerbatim(String named) {
        return !plain(named).equals(named);
    }

    /** Returns the text that Java makes the path of. */
    static String onWindows(String named) {
        String plain = plain(named);
        if (isOfDevice(plain)) {
            return plain;
        }
        int begin = 0;
        boolean first = true;
        for (int i = 0; i <= plain.length(); i++) {
            if (i == plain.length() || isSeparator(plain.charAt(i))) {
                check(named, plain.substring(begin, i), first);
                first &= i == begin;
                begin = i + 1;
            }
        }
        return plain;
    }

    /** Takes the prefix of a verbatim path away. */
    private static String plain(String named) {
        if (!isOfDevice(named) || named.charAt(2) != '?') {
            return named;
        }
        String rest = named.substring(PREFIX);
        if (rest.length() > 3 && isLetter(rest.charAt(0)) && rest.charAt(1) == ':' && isSeparator(rest.charAt(2))) {
            return rest;
        }
        boolean share = rest.length() > PREFIX && rest.regionMatches(true, 0, "UNC", 0, 3) && isSeparator(rest.charAt(3));
        return share ? "\\\\" + rest.substring(PREFIX) : named;
    }

    /** Says whether a name begins with {@code \\.\} or {@code \\?\}. */
    private static boolean isOfDevice(String named) {
        return named.length() >= PREFIX && isSeparator(named.charAt(0)) && isSeparator(named.charAt(1))
                && (named.charAt(2) == '?' || named.charAt(2) == '.') && isSeparator(named.charAt(3));
    }

    private static void check(String named, String name, boolean first) {
        boolean drive = first && name.length() >= 2 && isLetter(name.charAt(0)) && name.charAt(1) == ':';
        String file = drive ? name.substring(2) : name;
        if (file.isEmpty() || file.equals(".") || file.equals("..")) {
            return;
        }
        if (file.indexOf(':') >= 0) {
            throw new InvalidPathException(named, "\"" + name + "\" names a stream of a file (behind the colon), which is not supported");
        }
        char last = file.charAt(file.length() - 1);
        if (last == '.' || last == ' ') {
            throw new InvalidPathException(named, "\"" + name + "\" ends with a " + (last == '.' ? "dot" : "blank")
                    + ", which Windows drops: it would be another file");
        }
        if (isReserved(file)) {
            throw new InvalidPathException(named, "\"" + name + "\" is the name of a device in every folder of Windows");
        }
    }

    private static boolean isReserved(String file) {
        int dot = file.indexOf('.');
        String base = (dot < 0 ? file : file.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return RESERVED.contains(base) || base.length() == NUMBERED_LENGTH && NUMBERED.contains(base.substring(0, 3))
                && DIGITS.indexOf(base.charAt(3)) >= 0;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isSeparator(char c) {
        return c == '\\' || c == '/';
    }
}
