package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.FileSystemException;

/**
 * One attribute of a record: its value, or where the value is. Layout: {@code ATTR_RECORD} in {@code layout.h} of
 * ntfs-3g. Immutable but for the positions of its buffers, which nobody moves.
 */
public sealed interface Attribute {
    /** {@code $STANDARD_INFORMATION}: times and flags of the file. */
    int STANDARD_INFORMATION = 0x10;
    /** {@code $ATTRIBUTE_LIST}: which records hold the attributes of a file that does not fit into one. */
    int ATTRIBUTE_LIST = 0x20;
    /** {@code $FILE_NAME}: a name of the file and the directory it stands in. */
    int FILE_NAME = 0x30;
    /** {@code $VOLUME_NAME}. */
    int VOLUME_NAME = 0x60;
    /** {@code $VOLUME_INFORMATION}. */
    int VOLUME_INFORMATION = 0x70;
    /** {@code $DATA}. */
    int DATA = 0x80;
    /** {@code $INDEX_ROOT}: the first entries of a directory, and of other indexes. */
    int INDEX_ROOT = 0x90;
    /** {@code $INDEX_ALLOCATION}: entries of a directory, and other indexes. */
    int INDEX_ALLOCATION = 0xA0;
    /** {@code $BITMAP}: which parts of an index, or which records of {@code $MFT}, are in use. */
    int BITMAP = 0xB0;
    /** {@code $REPARSE_POINT}: what a driver shows something else by. */
    int REPARSE_POINT = 0xC0;

    /** Flag: the value is compressed, by LZNT1; of the bits of its method none but this one is ever set. */
    int COMPRESSED = 0x0001;
    /** Flag: the value is encrypted, by EFS. */
    int ENCRYPTED = 0x4000;
    /** Flag: the value may have holes. */
    int SPARSE = 0x8000;

    // offsets of fields in the head of any attribute
    int LENGTH_AT = 4;
    int FORM_AT = 8;
    int NAME_LENGTH_AT = 9;
    int NAME_AT = 10;
    int FLAGS_AT = 12;
    // further ones, and bytes of the head, if the value stands in the record
    int VALUE_LENGTH_AT = 16;
    int VALUE_AT = 20;
    int RESIDENT_HEAD = 24;
    // further ones, and bytes of the head, if the value stands in clusters
    int LOWEST_VCN_AT = 16;
    int HIGHEST_VCN_AT = 24;
    int RUNS_AT = 32;
    int COMPRESSION_UNIT_AT = 34;
    int ALLOCATED_SIZE_AT = 40;
    int DATA_SIZE_AT = 48;
    int INITIALISED_SIZE_AT = 56;
    int NON_RESIDENT_HEAD = 64;
    /** There only where the runs begin behind it: of compressed and sparse values. */
    int STORED_SIZE_AT = 64;

    /** Returns the type. */
    int type();

    /** Returns the name, which all streams but a file's main one have; empty if none. */
    String name();

    /** Says whether it has a name. */
    default boolean named() {
        return !name().isEmpty();
    }

    /** Returns its bytes in the record. */
    int length();

    /** Returns where it stands. */
    Place place();

    /**
     * The value stands in the record.
     *
     * @param value the value, little endian, from 0 to its limit
     * @param valueAt where it begins in the attribute, bytes
     */
    record Resident(int type, String name, int length, Place place, ByteBuffer value, int valueAt)
            implements Attribute {
    }

    /**
     * The value, or a piece of it, stands in clusters.
     *
     * @param flags compressed, encrypted, sparse; 0 if none
     * @param lowestVcn first cluster of the value that this piece tells of
     * @param highestVcn last one
     * @param allocatedSize bytes of the clusters of the whole value; only the first piece has the sizes
     * @param dataSize bytes of the value
     * @param initialisedSize how many of them were ever written; the others read as zero
     * @param compressionUnit clusters that are compressed together, as a power of two; 0 of a value that never was
     * @param storedSize bytes of the clusters that are no holes, if the value may have holes, else as {@code allocatedSize}
     * @param runs mapping pairs, from 0 to the limit, see {@code RunList.append}
     * @param runsAt where they begin in the attribute, bytes
     */
    record NonResident(int type, String name, int length, Place place, int flags, long lowestVcn, long highestVcn,
            long allocatedSize, long dataSize, long initialisedSize, int compressionUnit, long storedSize, ByteBuffer runs,
            int runsAt) implements Attribute {
    }

    /**
     * Parses the attribute at {@code position} of a record.
     *
     * @param bytes the record
     * @param end bytes of the record that are used; at least four more than {@code position}
     * @param record where the record stands
     */
    static Attribute parse(ByteBuffer bytes, int position, int end, Place record) throws FileSystemException {
        Place place = record.from(position);
        int available = end - position;
        if (available < RESIDENT_HEAD) {
            throw place.wrong(0, "an attribute begins " + available + " bytes before the end of its record");
        }
        long length = Integer.toUnsignedLong(bytes.getInt(position + LENGTH_AT));
        if (length < RESIDENT_HEAD || length > available || length % 8 != 0) {
            throw place.wrong(LENGTH_AT, "attribute length is " + length + ", not a multiple of 8 from " + RESIDENT_HEAD
                    + " to the " + available + " bytes left");
        }
        ByteBuffer head = bytes.slice(position, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        int nameLength = Byte.toUnsignedInt(head.get(NAME_LENGTH_AT));
        if (nameLength > 0 && unsigned(head, NAME_AT) + 2 * nameLength > length) {
            throw place.wrong(NAME_AT, "the attribute's name leads out of its " + length + " bytes");
        }
        String name = nameLength == 0 ? "" : DiskText.exact(head, unsigned(head, NAME_AT), nameLength);
        return switch (head.get(FORM_AT)) {
            case 0 -> resident(head, name, place);
            case 1 -> nonResident(head, name, place);
            default -> throw place.wrong(FORM_AT, "an attribute is neither resident (0) nor not (1) but "
                    + head.get(FORM_AT));
        };
    }

    private static Attribute resident(ByteBuffer head, String name, Place place) throws FileSystemException {
        long valueLength = Integer.toUnsignedLong(head.getInt(VALUE_LENGTH_AT));
        int valueAt = unsigned(head, VALUE_AT);
        if (valueAt < RESIDENT_HEAD || valueLength > head.capacity() - valueAt) {
            throw place.wrong(VALUE_LENGTH_AT, "the attribute's value of " + valueLength + " bytes at " + valueAt
                    + " leads out of its " + head.capacity() + " bytes");
        }
        ByteBuffer value = head.slice(valueAt, (int) valueLength).order(ByteOrder.LITTLE_ENDIAN);
        return new Resident(head.getInt(0), name, head.capacity(), place, value, valueAt);
    }

    private static Attribute nonResident(ByteBuffer head, String name, Place place) throws FileSystemException {
        if (head.capacity() < NON_RESIDENT_HEAD) {
            throw place.wrong(LENGTH_AT, "attribute length is " + head.capacity()
                    + ", less than the head of a non-resident one");
        }
        int runsAt = unsigned(head, RUNS_AT);
        if (runsAt < NON_RESIDENT_HEAD || runsAt >= head.capacity()) {
            throw place.wrong(RUNS_AT, "the run list begins at " + runsAt + " of an attribute of " + head.capacity()
                    + " bytes");
        }
        ByteBuffer runs = head.slice(runsAt, head.capacity() - runsAt);
        int flags = unsigned(head, FLAGS_AT);
        boolean holes = (flags & (COMPRESSED | SPARSE)) != 0 && runsAt >= STORED_SIZE_AT + Long.BYTES;
        long stored = head.getLong(holes ? STORED_SIZE_AT : ALLOCATED_SIZE_AT);
        return new NonResident(head.getInt(0), name, head.capacity(), place, flags,
                head.getLong(LOWEST_VCN_AT), head.getLong(HIGHEST_VCN_AT), head.getLong(ALLOCATED_SIZE_AT),
                head.getLong(DATA_SIZE_AT), head.getLong(INITIALISED_SIZE_AT),
                Byte.toUnsignedInt(head.get(COMPRESSION_UNIT_AT)), stored, runs, runsAt);
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
