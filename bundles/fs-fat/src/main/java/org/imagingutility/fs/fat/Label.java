package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;

/** Turns the eleven bytes of a volume label into text. */
public final class Label {
    private static final int LENGTH = 11;

    private Label() {
    }

    /** Returns the label in an entry of the root directory. */
    public static String ofEntry(ByteBuffer bytes, int at) {
        return decode(bytes, at);
    }

    /**
     * Which code page the label is in is not recorded, so only what is the same in all of them is shown. Control
     * characters could steer the terminal the label is shown on.
     */
    private static String decode(ByteBuffer bytes, int at) {
        StringBuilder label = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            byte character = bytes.get(at + i);
            label.append(character >= 0x20 && character < 0x7F ? (char) character : '\uFFFD');
        }
        return label.toString().stripTrailing();
    }
}
