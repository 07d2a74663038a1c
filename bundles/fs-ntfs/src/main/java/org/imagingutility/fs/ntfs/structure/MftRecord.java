package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;

/**
 * One record of {@code $MFT}, its update sequence checked and undone. Layout: {@code MFT_RECORD} in {@code layout.h} of
 * ntfs-3g. Immutable.
 *
 * @param number number of the record, from 0
 * @param sequence how often the record was reused; part of references to it
 * @param directory whether it says that it is a directory
 * @param baseReference reference to the file's base record (see {@link #numberIn}); 0 if this is it
 * @param attributes its attributes in stored order
 * @param place where it stands
 */
public record MftRecord(long number, int sequence, boolean directory, long baseReference, List<Attribute> attributes,
        Place place) {
    /** Each 512 bytes end with the update sequence number, whatever the sector size ({@code NTFS_BLOCK_SIZE}). */
    private static final int BLOCK = 512;
    private static final int MAGIC = 0x454C4946; // FILE
    private static final int USA_OFFSET_AT = 4;
    private static final int USA_COUNT_AT = 6;
    private static final int SEQUENCE_AT = 16;
    private static final int ATTRIBUTES_AT = 20;
    private static final int FLAGS_AT = 22;
    private static final int USED_AT = 24;
    private static final int ALLOCATED_AT = 28;
    private static final int BASE_AT = 32;
    private static final int NUMBER_AT = 44;
    /** Header of records before NTFS 3.1; from 3.1 on 48 bytes, with the record's number at the end. */
    private static final int MIN_HEADER = 42;
    private static final int HEADER_WITH_NUMBER = 48;
    private static final int IN_USE = 1;
    private static final int DIRECTORY = 2;
    private static final int END = 0xFFFFFFFF;

    /** Says whether what begins at byte {@code at} claims to be a record. */
    public static boolean isRecord(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at) == MAGIC;
    }

    /** Says whether the record that begins at byte {@code at} claims to be in use. */
    public static boolean isInUse(byte[] bytes, int at) {
        return (bytes[at + FLAGS_AT] & IN_USE) != 0;
    }

    /** Returns a reference to record {@code number}. */
    public static long reference(long number, int sequence) {
        return (long) sequence << 48 | number;
    }

    /** Returns the record number in a reference (its low 48 bits). */
    public static long numberIn(long reference) {
        return reference & 0xFFFF_FFFF_FFFFL;
    }

    /** Returns the sequence number in a reference (its high 16 bits). */
    public static int sequenceIn(long reference) {
        return (int) (reference >>> 48);
    }

    /**
     * Parses a record.
     *
     * @param raw the record as it is stored; changed by undoing the update sequence
     * @param number number the record must have
     */
    public static MftRecord parse(byte[] raw, long number, Place place) throws FileSystemException {
        MftRecord record = parseAny(raw, number, place);
        if (!isInUse(raw, 0)) {
            throw place.wrong(FLAGS_AT, "record " + number + " of $MFT is not in use");
        }
        return record;
    }

    /** Parses a record as {@link #parse} does, also one that says it is not in use. */
    public static MftRecord parseAny(byte[] raw, long number, Place place) throws FileSystemException {
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != MAGIC) {
            throw place.wrong(0, String.format("record %d of $MFT begins with 0x%08X, not with \"FILE\"", number,
                    Integer.reverseBytes(bytes.getInt(0))));
        }
        undoUpdateSequence(bytes, number, place);
        boolean numbered = Short.toUnsignedInt(bytes.getShort(USA_OFFSET_AT)) >= HEADER_WITH_NUMBER;
        if (numbered && bytes.getInt(NUMBER_AT) != (int) number) {
            throw place.wrong(NUMBER_AT, "record " + number + " of $MFT says it is record "
                    + Integer.toUnsignedString(bytes.getInt(NUMBER_AT)));
        }
        return new MftRecord(number, Short.toUnsignedInt(bytes.getShort(SEQUENCE_AT)),
                (bytes.getShort(FLAGS_AT) & DIRECTORY) != 0, bytes.getLong(BASE_AT), attributes(bytes, number, place), place);
    }

    /** Returns the first attribute of {@code type} without a name. */
    public Optional<Attribute> find(int type) {
        return attributes.stream().filter(attribute -> attribute.type() == type && !attribute.named()).findFirst();
    }

    /** Returns how many clusters of its unnamed data the record tells of, if it has the first piece; else 0. */
    public long dataClusters() {
        return find(Attribute.DATA).filter(Attribute.NonResident.class::isInstance)
                .map(data -> ((Attribute.NonResident) data).highestVcn() + 1).orElse(0L);
    }

    /** Makes the error that the record as a whole is wrong: {@code reason}. */
    public FileSystemException wrong(String reason) {
        return place.wrong(0, "record " + number + " of $MFT " + reason);
    }

    /** A write that was torn leaves a block whose last two bytes are not the number that all blocks share. */
    private static void undoUpdateSequence(ByteBuffer bytes, long number, Place place) throws FileSystemException {
        int offset = Short.toUnsignedInt(bytes.getShort(USA_OFFSET_AT));
        int count = Short.toUnsignedInt(bytes.getShort(USA_COUNT_AT));
        int blocks = bytes.capacity() / BLOCK;
        // the array may not reach into the last two bytes of the first block, which it is there to restore
        if (offset < MIN_HEADER || offset % 2 != 0 || count != blocks + 1 || offset + 2 * count > BLOCK - 2) {
            throw place.wrong(USA_OFFSET_AT, "record " + number + " of $MFT has an update sequence of " + count
                    + " numbers at " + offset + "; expected " + (blocks + 1) + " in the first " + (BLOCK - 2)
                    + " bytes");
        }
        short expected = bytes.getShort(offset);
        for (int block = 0; block < blocks; block++) {
            int at = (block + 1) * BLOCK - 2;
            if (bytes.getShort(at) != expected) {
                throw place.wrong(at, String.format("record %d of $MFT is torn: update sequence number is 0x%04X,"
                        + " expected 0x%04X", number, bytes.getShort(at), expected));
            }
            bytes.putShort(at, bytes.getShort(offset + 2 * (block + 1)));
        }
    }

    private static List<Attribute> attributes(ByteBuffer bytes, long number, Place place) throws FileSystemException {
        int position = Short.toUnsignedInt(bytes.getShort(ATTRIBUTES_AT));
        long used = Integer.toUnsignedLong(bytes.getInt(USED_AT));
        if (bytes.getInt(ALLOCATED_AT) != bytes.capacity()) {
            throw place.wrong(ALLOCATED_AT, "record " + number + " of $MFT says it has "
                    + Integer.toUnsignedString(bytes.getInt(ALLOCATED_AT)) + " bytes, the boot sector "
                    + bytes.capacity());
        }
        if (used > bytes.capacity()) {
            throw place.wrong(USED_AT, "record " + number + " of $MFT uses " + used + " of " + bytes.capacity()
                    + " bytes");
        }
        if (position < MIN_HEADER || position % 8 != 0 || position > used - Integer.BYTES) {
            throw place.wrong(ATTRIBUTES_AT, "record " + number + " of $MFT has its first attribute at " + position
                    + ", of " + used + " bytes used");
        }
        List<Attribute> attributes = new ArrayList<>();
        int end = (int) used;
        while (end - position >= Integer.BYTES && bytes.getInt(position) != END) {
            Attribute attribute = Attribute.parse(bytes, position, end, place);
            attributes.add(attribute);
            position += attribute.length();
        }
        if (end - position < Integer.BYTES) {
            throw place.wrong(USED_AT, "record " + number + " of $MFT has no end mark in the " + used
                    + " bytes it uses");
        }
        return List.copyOf(attributes);
    }
}
