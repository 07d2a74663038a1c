package org.imagingutility.files.ntfs.index;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.files.ntfs.record.NameValue;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * The entries of one node of an index, one after another. Layout: {@code INDEX_HEADER} and {@code INDEX_ENTRY} in {@code layout.h} of
 * ntfs-3g. An entry that does not hold ends the node: nothing tells where the next one begins. For one thread.
 */
final class IndexNode {
    private static final int HEADER = 16;
    private static final int USED_AT = 4;
    private static final int HEAD = 16;
    private static final int LENGTH_AT = 8;
    private static final int KEY_LENGTH_AT = 10;
    private static final int FLAGS_AT = 12;
    private static final int HAS_CHILD = 1;
    private static final int LAST = 2;

    private final ByteBuffer bytes;
    private final Place place;
    private int at;
    private int end;
    /** The entry at {@link #at}, if it has been looked at. */
    private int length;
    private int flags;
    private boolean childSeen;

    /** Begins before the first entry of the node whose header stands at {@code headerAt}. */
    IndexNode(ByteBuffer bytes, int headerAt, Place place) throws FileSystemException {
        this.bytes = bytes;
        this.place = place;
        long first = Integer.toUnsignedLong(bytes.getInt(headerAt));
        long used = Integer.toUnsignedLong(bytes.getInt(headerAt + USED_AT));
        if (first < HEADER || first % 8 != 0 || used < first || used > bytes.limit() - headerAt) {
            throw place.wrong(headerAt, "an index node has entries from byte " + first + " to " + used + " of "
                    + (bytes.limit() - headerAt));
        }
        at = headerAt + (int) first;
        end = headerAt + (int) used;
    }

    /** Looks at the current entry; returns false behind the last one. */
    boolean look() throws FileSystemException {
        if (at >= end) {
            return false;
        }
        if (length == 0) {
            int found = end - at < HEAD ? 0 : Short.toUnsignedInt(bytes.getShort(at + LENGTH_AT));
            if (found < HEAD || found % 8 != 0 || found > end - at) {
                FileSystemException wrong = place.wrong(at, "an index entry has " + found + " bytes, not a multiple of 8 from " + HEAD
                        + " to the " + (end - at) + " left");
                at = end;
                throw wrong;
            }
            length = found;
            flags = Short.toUnsignedInt(bytes.getShort(at + FLAGS_AT));
            childSeen = false;
        }
        return true;
    }

    /** Says whether the current entry is the last one, which has no name. */
    boolean isLast() {
        return (flags & LAST) != 0;
    }

    /** Returns the number of the node whose names stand before the current entry, the first time it is asked for; else -1. */
    long takeChild() throws FileSystemException {
        if ((flags & HAS_CHILD) == 0 || childSeen) {
            return -1;
        }
        childSeen = true;
        if (length < HEAD + Long.BYTES) {
            throw place.wrong(at + LENGTH_AT, "an index entry of " + length + " bytes has no room for the number of a node");
        }
        long number = bytes.getLong(at + length - Long.BYTES);
        if (number < 0) {
            throw place.wrong(at + length - Long.BYTES, "an index entry refers to node " + Long.toUnsignedString(number));
        }
        return number;
    }

    /** Returns the current entry. */
    IndexEntry entry() throws FileSystemException {
        int keyLength = Short.toUnsignedInt(bytes.getShort(at + KEY_LENGTH_AT));
        int room = length - HEAD - ((flags & HAS_CHILD) != 0 ? Long.BYTES : 0);
        Optional<NameValue> key = keyLength > room ? Optional.empty() : NameValue.parse(bytes, at + HEAD, keyLength);
        if (key.isEmpty()) {
            throw place.wrong(at + KEY_LENGTH_AT, "an index entry of " + length + " bytes has a name of " + keyLength
                    + " bytes that does not hold");
        }
        return new IndexEntry(bytes.getLong(at), key.get(), place.from(at));
    }

    /** Moves on. */
    void advance() {
        at = isLast() ? end : at + length;
        length = 0;
    }
}
