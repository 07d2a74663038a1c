package org.imagingutility.engine.files.extract;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.imagingutility.engine.files.target.Staging;
import org.imagingutility.engine.files.target.TargetTraits;

/**
 * The rule by which a name of a volume becomes one that the target's system can have. A name that it can have stays as it is. Of others, each
 * character that cannot be is replaced by {@code %} and the two hexadecimal digits of each of its bytes in UTF-8, and so is each {@code %}, so that
 * the name can be had back; what is too long is cut and gets a hash of the whole. Immutable.
 */
final class NameRule {
    /** NAME_MAX of Linux, in bytes; what NTFS has room for, in characters. */
    private static final int MOST = 255;
    private static final int HASH_DIGITS = 8;
    private static final int LONGEST_EXTENSION = 16;
    private static final String NOT_ON_WINDOWS = "<>:\"/\\|?*";
    /** Lead to a device in every folder, whatever extension they have ("Naming Files, Paths, and Namespaces" of the Windows documentation). */
    private static final Set<String> RESERVED = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
    private static final Set<String> NUMBERED = Set.of("COM", "LPT");
    private static final String DIGITS = "0123456789\u00b9\u00b2\u00b3";
    private static final int FIRST_STRAY_BYTE = 0xDC80;
    private static final int LAST_STRAY_BYTE = 0xDCFF;

    private final TargetTraits.Names names;

    NameRule(TargetTraits.Names names) {
        this.names = names;
    }

    /**
     * Returns the name for a name of a volume; the same object if it can stay.
     *
     * @param bytes whether lone surrogates in it stand for bytes, as {@link org.imagingutility.api.files.FileName#utf8} has them
     */
    String of(String name, boolean bytes) {
        boolean whole = name.isEmpty() || name.equals(".") || name.equals("..") || name.equalsIgnoreCase(Staging.NAME);
        boolean reserved = names == TargetTraits.Names.WINDOWS && isReserved(name);
        boolean fits = !whole && !reserved;
        for (int i = 0; i < name.length() && fits; i++) {
            char c = name.charAt(i);
            fits = c < 0x80 && names != TargetTraits.Names.WINDOWS ? c != '/' && c != 0 : canBe(name, i, bytes);
        }
        String changed = fits ? name : replaced(name, bytes, whole, reserved);
        return isTooLong(changed) ? shortened(changed) : changed;
    }

    private String replaced(String name, boolean bytes, boolean whole, boolean reserved) {
        if (name.isEmpty()) {
            return "%";
        }
        // of names like "..", the first character is enough, of CON and con.txt the last one before the extension
        int extension = name.indexOf('.');
        int device = reserved ? (extension < 0 ? name.length() : extension) - 1 : -1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length();) {
            int character = name.codePointAt(i);
            boolean keep = canBe(name, i, bytes) && character != '%' && i != device && !(whole && i == 0);
            if (keep) {
                text.appendCodePoint(character);
            } else {
                escape(character, text);
            }
            i += Character.charCount(character);
        }
        return text.toString();
    }

    private static void escape(int character, StringBuilder text) {
        if (character >= FIRST_STRAY_BYTE && character <= LAST_STRAY_BYTE) {
            text.append(String.format("%%%02X", character & 0xFF));
        } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            // as UTF-8 would have it (WTF-8)
            text.append(String.format("%%%02X%%%02X%%%02X", 0xE0 | character >> 12, 0x80 | character >> 6 & 0x3F, 0x80 | character & 0x3F));
        } else {
            for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                text.append(String.format("%%%02X", each));
            }
        }
    }

    private boolean canBe(String name, int at, boolean bytes) {
        char c = name.charAt(at);
        if (Character.isSurrogate(c)) {
            boolean pair = Character.isHighSurrogate(c) ? at + 1 < name.length() && Character.isLowSurrogate(name.charAt(at + 1))
                    : at > 0 && Character.isHighSurrogate(name.charAt(at - 1));
            return pair || bytes && names == TargetTraits.Names.BYTES && c >= FIRST_STRAY_BYTE && c <= LAST_STRAY_BYTE;
        }
        if (names != TargetTraits.Names.WINDOWS) {
            return c != '/' && c != 0;
        }
        boolean last = at == name.length() - 1;
        return c >= ' ' && NOT_ON_WINDOWS.indexOf(c) < 0 && !(last && (c == '.' || c == ' '));
    }

    private static boolean isReserved(String name) {
        int dot = name.indexOf('.');
        // blanks before the extension do not count
        String base = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return RESERVED.contains(base) || base.length() == 4 && NUMBERED.contains(base.substring(0, 3)) && DIGITS.indexOf(base.charAt(3)) >= 0;
    }

    /** A character takes three bytes at most, of a pair each half takes two: most names need not be counted. */
    private boolean isTooLong(String name) {
        return name.length() > MOST / 3 && length(name) > MOST;
    }

    private int length(String name) {
        if (names == TargetTraits.Names.WINDOWS) {
            return name.length();
        }
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean stray = c >= FIRST_STRAY_BYTE && c <= LAST_STRAY_BYTE && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)));
            // of a pair each half makes two of four bytes
            length += c < 0x80 || stray ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private String shortened(String name) {
        String extension = name.substring(extensionAt(name));
        String end = "~" + String.format("%0" + HASH_DIGITS + "X", name.hashCode()) + extension;
        int cut = name.length() - extension.length();
        while (length(name.substring(0, cut)) + length(end) > MOST) {
            cut -= Character.isLowSurrogate(name.charAt(cut - 1)) && cut > 1 && Character.isHighSurrogate(name.charAt(cut - 2)) ? 2 : 1;
        }
        return name.substring(0, cut) + end;
    }

    /** Returns another name for the same, where that one is taken: {@code report (2).txt}. */
    String other(String name, String number) {
        int at = extensionAt(name);
        String numbered = name.substring(0, at) + " (" + number + ")" + name.substring(at);
        return isTooLong(numbered) ? shortened(numbered) : numbered;
    }

    /** Returns where the extension begins, with its dot; the end of the name if it has none. */
    private static int extensionAt(String name) {
        int dot = name.lastIndexOf('.');
        boolean is = dot > 0 && name.length() - dot <= LONGEST_EXTENSION && name.substring(dot + 1).chars().allMatch(Character::isLetterOrDigit);
        return is ? dot : name.length();
    }
}
