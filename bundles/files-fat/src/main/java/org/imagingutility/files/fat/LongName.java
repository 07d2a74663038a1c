package org.imagingutility.files.fat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.imagingutility.api.files.FileName;

/**
 * The long name in the entries before that of a file ("Long Directory Entries"): the last part first, all with the checksum of the short name.
 * Parts that do not belong together are no name. For one thread.
 */
final class LongName {
    /** LDIR_Attr, in the bits that count. */
    static final int ATTRIBUTES = 0x0F;
    static final int ATTRIBUTES_MASK = 0x3F;
    private static final int ORDER_AT = 0;
    private static final int LAST = 0x40;
    private static final int CHECKSUM_AT = 13;
    private static final int MAX_PARTS = 20;
    private static final int PART_BYTES = 26;
    private static final int MAX_CHARACTERS = 255;
    /** Where the characters of a part stand: 5, 6 and 2 of them. */
    private static final int[] AT = {1, 14, 28};
    private static final int[] BYTES = {10, 12, 4};

    private final byte[] characters = new byte[MAX_PARTS * PART_BYTES];
    private int length;
    private int next;
    private int checksum;

    /** Forgets what was taken. */
    void reset() {
        length = 0;
        next = 0;
    }

    /** Takes the part in the entry at {@code at}. */
    void take(ByteBuffer bytes, int at) {
        int order = Byte.toUnsignedInt(bytes.get(at + ORDER_AT));
        int number = order & ~LAST;
        if ((order & LAST) != 0) {
            checksum = Byte.toUnsignedInt(bytes.get(at + CHECKSUM_AT));
            length = number * PART_BYTES;
            next = number;
        }
        if (number < 1 || number > MAX_PARTS || number != next || Byte.toUnsignedInt(bytes.get(at + CHECKSUM_AT)) != checksum) {
            reset();
            return;
        }
        int to = (number - 1) * PART_BYTES;
        for (int i = 0; i < AT.length; i++) {
            bytes.get(at + AT[i], characters, to, BYTES[i]);
            to += BYTES[i];
        }
        next--;
    }

    /** Returns the name if it is that of the entry with this short name, all of it; null if there is none. */
    FileName of(byte[] shortName) {
        if (length == 0 || next != 0 || checksum(shortName) != checksum) {
            return null;
        }
        int end = 0;
        while (end < length && (characters[end] != 0 || characters[end + 1] != 0)) {
            end += 2;
        }
        if (end == 0 || end > MAX_CHARACTERS * 2) {
            return null;
        }
        FileName name = FileName.utf16(Arrays.copyOf(characters, end));
        return name.text().equals(".") || name.text().equals("..") ? null : name;
    }

    private static int checksum(byte[] shortName) {
        int sum = 0;
        for (byte each : shortName) {
            sum = ((sum & 1) << 7) + (sum >> 1) + Byte.toUnsignedInt(each) & 0xFF;
        }
        return sum;
    }
}
