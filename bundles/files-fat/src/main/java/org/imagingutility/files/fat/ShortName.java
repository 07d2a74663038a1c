package org.imagingutility.files.fat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import org.imagingutility.api.files.FileName;

/** Names of eight and three bytes in a code page of DOS. */
final class ShortName {
    static final int LENGTH = 11;
    private static final int BASE = 8;
    /** DIR_NTRes: whether base and extension are shown in lower case (Windows NT; "shortname=mixed" of Linux). */
    private static final int LOWER_BASE = 0x08;
    private static final int LOWER_EXTENSION = 0x10;
    /** Stands for E5h, which marks a free entry. */
    private static final int KANJI_E5 = 0x05;
    /** A byte that is no character becomes this and the byte, as {@link FileName#utf8} has it. */
    private static final int STRAY_BYTE = 0xDC00;

    private ShortName() {
    }

    /** Returns the name in an entry; {@code bytes} are not changed. */
    static FileName of(byte[] bytes, int lowerCase, Charset codePage) {
        byte[] name = bytes.clone();
        if (name[0] == KANJI_E5) {
            name[0] = (byte) 0xE5;
        }
        int base = trimmed(name, 0, BASE);
        int extension = trimmed(name, BASE, LENGTH) - BASE;
        byte[] joined = Arrays.copyOf(name, base + (extension > 0 ? 1 + extension : 0));
        String text = text(Arrays.copyOf(name, base), codePage, (lowerCase & LOWER_BASE) != 0);
        if (extension > 0) {
            joined[base] = '.';
            System.arraycopy(name, BASE, joined, base + 1, extension);
            text += "." + text(Arrays.copyOfRange(name, BASE, BASE + extension), codePage, (lowerCase & LOWER_EXTENSION) != 0);
        }
        return FileName.of(joined, text);
    }

    private static int trimmed(byte[] name, int from, int to) {
        int end = to;
        while (end > from && name[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static String text(byte[] bytes, Charset codePage, boolean lower) {
        String text = new String(bytes, codePage);
        if (text.indexOf('\uFFFD') >= 0) {
            StringBuilder strays = new StringBuilder();
            for (byte each : bytes) {
                strays.append((char) (each < 0 ? STRAY_BYTE | Byte.toUnsignedInt(each) : each));
            }
            text = strays.toString();
        }
        return lower ? text.toLowerCase(Locale.ROOT) : text;
    }
}
