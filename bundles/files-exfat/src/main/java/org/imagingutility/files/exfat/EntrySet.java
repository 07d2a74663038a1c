package org.imagingutility.files.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.files.FileName;
import org.imagingutility.fs.exfat.Place;

/**
 * The entries of one file: that of the file, that of its content, and those of its name (sections 6.3, 7.4, 7.6, 7.7); put together one after the
 * other, and checked when all are there. For one thread.
 */
final class EntrySet {
    static final int ENTRY_SIZE = 32;
    static final int FILE = 0x85;
    private static final int STREAM = 0xC0;
    private static final int NAME = 0xC1;
    private static final int MOST_ENTRIES = 256;
    private static final int COUNT_AT = 1;
    private static final int CHECKSUM_AT = 2;
    private static final int ATTRIBUTES_AT = 4;
    private static final int CREATED_AT = 8;
    private static final int MODIFIED_AT = 12;
    private static final int ACCESSED_AT = 16;
    private static final int CREATED_HUNDREDTHS_AT = 20;
    private static final int MODIFIED_HUNDREDTHS_AT = 21;
    private static final int CREATED_ZONE_AT = 22;
    private static final int MODIFIED_ZONE_AT = 23;
    private static final int ACCESSED_ZONE_AT = 24;
    private static final int FLAGS_AT = ENTRY_SIZE + 1;
    private static final int NAME_LENGTH_AT = ENTRY_SIZE + 3;
    private static final int VALID_LENGTH_AT = ENTRY_SIZE + 8;
    private static final int FIRST_CLUSTER_AT = ENTRY_SIZE + 20;
    private static final int LENGTH_AT = ENTRY_SIZE + 24;
    /** GeneralSecondaryFlags: the clusters need no chain. */
    private static final int NO_CHAIN = 2;
    private static final int NAME_AT = 2;
    private static final int NAME_BYTES = 30;

    private final ByteBuffer bytes = ByteBuffer.allocate(MOST_ENTRIES * ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private Place place;
    private int entries;
    private int count;

    /** Begins with the entry of a file, of which {@code bytes} hold as many as an entry has from {@code at} on. */
    void begin(ByteBuffer block, int at, Place newPlace) {
        place = newPlace;
        entries = 1 + Byte.toUnsignedInt(block.get(at + COUNT_AT));
        count = 0;
        add(block, at);
    }

    /** Says whether entries are missing. */
    boolean isOpen() {
        return count < entries;
    }

    /** Leaves off. */
    void reset() {
        count = 0;
        entries = 0;
    }

    /** Adds the next entry. */
    void add(ByteBuffer block, int at) {
        bytes.put(count * ENTRY_SIZE, block, at, ENTRY_SIZE);
        count++;
    }

    /** Checks the set, which is complete. */
    void check() throws FileSystemException {
        int found = Short.toUnsignedInt(bytes.getShort(CHECKSUM_AT));
        int expected = checksum();
        if (found != expected) {
            throw place.wrong(CHECKSUM_AT, String.format("the checksum of the entries of a file is %04X, they make %04X", found, expected));
        }
        int names = (nameLength() * 2 + NAME_BYTES - 1) / NAME_BYTES;
        boolean named = entries >= 2 + names && names > 0 && Byte.toUnsignedInt(bytes.get(ENTRY_SIZE)) == STREAM;
        for (int i = 0; i < names && named; i++) {
            named = Byte.toUnsignedInt(bytes.get((2 + i) * ENTRY_SIZE)) == NAME;
        }
        if (!named) {
            throw place.wrong(COUNT_AT, "a file has " + entries + " entries, and not those of its content and its name");
        }
    }

    private int checksum() {
        int sum = 0;
        for (int i = 0; i < entries * ENTRY_SIZE; i++) {
            if (i != CHECKSUM_AT && i != CHECKSUM_AT + 1) {
                sum = ((sum & 1) << 15) + (sum >> 1) + Byte.toUnsignedInt(bytes.get(i)) & 0xFFFF;
            }
        }
        return sum;
    }

    private int nameLength() {
        return entries < 2 ? 0 : Byte.toUnsignedInt(bytes.get(NAME_LENGTH_AT));
    }

    /** Returns the name of a set that was checked. */
    FileName name() {
        byte[] name = new byte[(nameLength() * 2 + NAME_BYTES - 1) / NAME_BYTES * NAME_BYTES];
        for (int i = 0; i * NAME_BYTES < name.length; i++) {
            bytes.get((2 + i) * ENTRY_SIZE + NAME_AT, name, i * NAME_BYTES, NAME_BYTES);
        }
        return FileName.utf16(Arrays.copyOf(name, nameLength() * 2));
    }

    /** Returns what a set says that was checked; its lengths are bounded. */
    ExfatNode node() throws FileSystemException {
        long length = bytes.getLong(LENGTH_AT);
        long valid = bytes.getLong(VALID_LENGTH_AT);
        if (length < 0 || valid < 0 || valid > length) {
            throw place.wrong(LENGTH_AT, "a file has " + Long.toUnsignedString(length) + " bytes, " + Long.toUnsignedString(valid)
                    + " of them valid");
        }
        return new ExfatNode(place.offset(), Short.toUnsignedInt(bytes.getShort(ATTRIBUTES_AT)),
                Integer.toUnsignedLong(bytes.getInt(FIRST_CLUSTER_AT)), (bytes.get(FLAGS_AT) & NO_CHAIN) != 0, length, valid,
                new ExfatNode.Stamp(bytes.getInt(CREATED_AT), u8(CREATED_HUNDREDTHS_AT), u8(CREATED_ZONE_AT)),
                new ExfatNode.Stamp(bytes.getInt(MODIFIED_AT), u8(MODIFIED_HUNDREDTHS_AT), u8(MODIFIED_ZONE_AT)),
                new ExfatNode.Stamp(bytes.getInt(ACCESSED_AT), 0, u8(ACCESSED_ZONE_AT)));
    }

    private int u8(int at) {
        return Byte.toUnsignedInt(bytes.get(at));
    }
}
