package org.imagingutility.snapshot.vss;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A volume by one of the forms that Windows has for its name ("Naming a Volume"). No form leads to a drive or a shadow copy.
 *
 * @param root the name with a backslash at the end: {@code C:\}, {@code \\?\Volume{...}\}, or the path of a folder
 * @param folder whether it is the path of a folder, which need not be one that a volume is mounted at
 */
record VolumeName(String root, boolean folder) {
    private static final Pattern LETTER = Pattern.compile("(?:\\\\\\\\[.?]\\\\)?([A-Za-z]):[\\\\/]?");
    private static final Pattern GUID = Pattern.compile("\\\\\\\\[.?]\\\\(Volume\\{\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}})\\\\?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLDER = Pattern.compile("(?:\\\\\\\\\\?\\\\)?([A-Za-z]:[\\\\/][^\"<>|?*:\\x00-\\x1f]+?)[\\\\/]*");

    /** Takes a reference apart; empty if it has no such form. */
    static Optional<VolumeName> of(String reference) {
        Matcher letter = LETTER.matcher(reference);
        if (letter.matches()) {
            return Optional.of(new VolumeName(letter.group(1).toUpperCase(Locale.ROOT) + ":\\", false));
        }
        Matcher guid = GUID.matcher(reference);
        if (guid.matches()) {
            return Optional.of(new VolumeName("\\\\?\\" + guid.group(1) + "\\", false));
        }
        Matcher folder = FOLDER.matcher(reference);
        if (folder.matches()) {
            return Optional.of(new VolumeName(folder.group(1).replace('/', '\\') + "\\", true));
        }
        return Optional.empty();
    }
}
