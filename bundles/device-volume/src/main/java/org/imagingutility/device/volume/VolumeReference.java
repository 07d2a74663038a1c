package org.imagingutility.device.volume;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a volume that has a form of its own.
 *
 * @param device what {@code CreateFileW} opens the volume by, without a backslash at its end
 * @param letter the drive letter, an upper-case one, if it is named by that
 * @param ntName its name below {@code \Device}, if it is named by that
 */
record VolumeReference(String device, Optional<Character> letter, Optional<String> ntName) {
    /** {@code C:}, {@code C:\}, {@code \\.\C:}, {@code \\?\C:}. */
    private static final Pattern LETTER = Pattern.compile("(?:\\\\\\\\[.?]\\\\)?([A-Za-z]):\\\\?");
    /** {@code \\?\Volume{GUID}}. */
    private static final Pattern NAME = Pattern.compile("\\\\\\\\[.?]\\\\(Volume\\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}})\\\\?",
            Pattern.CASE_INSENSITIVE);
    /** {@code \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1}, {@code \\.\HarddiskVolume1}. */
    private static final Pattern NT_NAME = Pattern.compile("\\\\\\\\[.?]\\\\(?:GLOBALROOT\\\\Device\\\\)?(HarddiskVolume(?:ShadowCopy)?)(\\d{1,9})\\\\?",
            Pattern.CASE_INSENSITIVE);
    private static final String VOLUME = "HarddiskVolume";
    private static final String SHADOW_COPY = "HarddiskVolumeShadowCopy";

    /** Takes a reference apart; empty if it has another form. Slashes count as backslashes. */
    static Optional<VolumeReference> of(String reference) {
        String text = reference.replace('/', '\\');
        Matcher letter = LETTER.matcher(text);
        if (letter.matches()) {
            char upper = letter.group(1).toUpperCase(Locale.ROOT).charAt(0);
            return Optional.of(new VolumeReference("\\\\.\\" + upper + ":", Optional.of(upper), Optional.empty()));
        }
        Matcher name = NAME.matcher(text);
        if (name.matches()) {
            return Optional.of(new VolumeReference("\\\\?\\" + name.group(1), Optional.empty(), Optional.empty()));
        }
        Matcher nt = NT_NAME.matcher(text);
        if (nt.matches()) {
            String known = (nt.group(1).length() == VOLUME.length() ? VOLUME : SHADOW_COPY) + nt.group(2);
            return Optional.of(new VolumeReference("\\\\?\\GLOBALROOT\\Device\\" + known, Optional.empty(),
                    Optional.of("\\Device\\" + known)));
        }
        return Optional.empty();
    }

    /** Returns the reference of a volume by its lasting name, which ends with a backslash. */
    static Optional<VolumeReference> ofName(String name) {
        return of(name).filter(reference -> reference.letter.isEmpty());
    }

    /** Returns the folder that its file system is entered by. */
    String root() {
        return letter.isPresent() ? letter.get() + ":\\" : device + "\\";
    }

    /** Says whether it is a snapshot. */
    boolean isShadowCopy() {
        return device.contains(SHADOW_COPY);
    }
}
