package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Text as NTFS stores it: UTF-16, little endian, any value allowed. */
public final class DiskText {
    private static final char REPLACEMENT = '\uFFFD';

    private DiskText() {
    }

    /** Returns the {@code length} characters from byte {@code at} on, as they are: for comparing. */
    public static String exact(ByteBuffer bytes, int at, int length) {
        if (length == 0) {
            return "";
        }
        char[] characters = new char[length];
        bytes.slice(at, 2 * length).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(characters);
        return new String(characters);
    }

    /**
     * Returns the text for people: without control characters, which could steer the terminal it is shown on, and
     * without halves of pairs, which no encoding can print.
     */
    public static String shown(String exact) {
        StringBuilder shown = new StringBuilder(exact.length());
        exact.codePoints().forEach(point -> shown.appendCodePoint(Character.isISOControl(point)
                || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point));
        return shown.toString();
    }
}
