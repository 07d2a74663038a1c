package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The header of one copy of a GPT (UEFI 5.3.2), sound in itself.
 *
 * @param at byte offset of the header on the disk
 * @param alternate AlternateLBA: sector of the other copy's header
 * @param firstUsable FirstUsableLBA: first sector partitions may use
 * @param lastUsable LastUsableLBA: last sector partitions may use
 * @param diskGuid DiskGUID
 * @param entriesAt byte offset of the entries on the disk
 * @param entryCount NumberOfPartitionEntries
 * @param entrySize SizeOfPartitionEntry: bytes of one entry
 * @param entriesCrc PartitionEntryArrayCRC32
 */
record GptHeader(long at, long alternate, long firstUsable, long lastUsable, String diskGuid, long entriesAt,
        int entryCount, int entrySize, int entriesCrc) {
    /** Where in a header the sector of the other copy stands. */
    static final int ALTERNATE_AT = 32;
    static final int ENTRIES_CRC_AT = 88;

    private static final long SIGNATURE = 0x5452_4150_2049_4645L;
    /** Bytes of the fields that the specification names. */
    static final int MIN_LENGTH = 92;
    private static final int MIN_ENTRY_SIZE = 128;
    /** The usual table has 128 entries, 16 KiB; this one has room for 32768. */
    private static final long MAX_ENTRIES_LENGTH = 4 << 20;

    private static final int REVISION_AT = 8;
    private static final int LENGTH_AT = 12;
    private static final int CRC_AT = 16;
    private static final int OWN_SECTOR_AT = 24;
    private static final int FIRST_USABLE_AT = 40;
    private static final int LAST_USABLE_AT = 48;
    private static final int GUID_AT = 56;
    private static final int ENTRIES_AT = 72;
    private static final int ENTRY_COUNT_AT = 80;
    private static final int ENTRY_SIZE_AT = 84;

    /** Says whether a sector begins with the signature of a header. */
    static boolean isSigned(ByteBuffer sector) {
        return sector.getLong(0) == SIGNATURE;
    }

    /**
     * Parses a sector that was read as sector {@code own} of a disk with {@code sectorCount} sectors.
     *
     * @throws DamagedCopyException if it is no header that can be gone by
     */
    static GptHeader parse(ByteBuffer sector, long own, long sectorCount) throws DamagedCopyException {
        int sectorSize = sector.limit();
        long at = own * sectorSize;
        check(isSigned(sector), at, "no GPT header: \"EFI PART\" is not there");
        checkCrc(sector, at);
        check(sector.getShort(REVISION_AT + 2) == 1, at + REVISION_AT, "the revision is not 1.x");
        long found = sector.getLong(OWN_SECTOR_AT);
        check(found == own, at + OWN_SECTOR_AT, "the header says it is sector " + Long.toUnsignedString(found)
                + ", but stands in sector " + own);
        long first = sector.getLong(FIRST_USABLE_AT);
        long last = sector.getLong(LAST_USABLE_AT);
        check(first > 0 && last >= 0 && first - 1 <= last, at + FIRST_USABLE_AT, "the usable sectors are "
                + Long.toUnsignedString(first) + " to " + Long.toUnsignedString(last));
        long count = Integer.toUnsignedLong(sector.getInt(ENTRY_COUNT_AT));
        long size = Integer.toUnsignedLong(sector.getInt(ENTRY_SIZE_AT));
        check(size >= MIN_ENTRY_SIZE && Long.bitCount(size) == 1, at + ENTRY_SIZE_AT, "entries of " + size
                + " bytes, expected 128 times a power of two");
        check(count > 0 && count <= MAX_ENTRIES_LENGTH / size, at + ENTRY_COUNT_AT, count + " entries of " + size
                + " bytes, expected 1 to " + MAX_ENTRIES_LENGTH / size);
        long entries = sector.getLong(ENTRIES_AT);
        long length = (count * size - 1) / sectorSize + 1;
        check(entries > 0 && entries <= sectorCount - length && (own < entries || own >= entries + length),
                at + ENTRIES_AT, "the entries would begin in sector " + Long.toUnsignedString(entries) + " and fill "
                        + length + " of " + sectorCount);
        return new GptHeader(at, sector.getLong(ALTERNATE_AT), first, last, Guids.read(sector, GUID_AT),
                entries * sectorSize, (int) count, (int) size, sector.getInt(ENTRIES_CRC_AT));
    }

    private static void checkCrc(ByteBuffer sector, long at) throws DamagedCopyException {
        long length = Integer.toUnsignedLong(sector.getInt(LENGTH_AT));
        check(length >= MIN_LENGTH && length <= sector.limit(), at + LENGTH_AT, "a header of " + length
                + " bytes, expected " + MIN_LENGTH + " to " + sector.limit());
        byte[] bytes = new byte[(int) length];
        sector.get(0, bytes);
        ByteBuffer.wrap(bytes).putInt(CRC_AT, 0);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        check((int) crc.getValue() == sector.getInt(CRC_AT), at + CRC_AT, String.format(
                "the checksum of the header is %08x, expected %08x", crc.getValue(), sector.getInt(CRC_AT)));
    }

    private static void check(boolean holds, long at, String reason) throws DamagedCopyException {
        if (!holds) {
            throw new DamagedCopyException(at, reason);
        }
    }

    /** Returns how many bytes the entries have; fits into an array. */
    int entriesLength() {
        return entryCount * entrySize;
    }

    /** Says whether the other copy is of the same table. */
    boolean agreesWith(GptHeader other) {
        return diskGuid.equals(other.diskGuid) && firstUsable == other.firstUsable && lastUsable == other.lastUsable
                && entryCount == other.entryCount && entrySize == other.entrySize && entriesCrc == other.entriesCrc;
    }
}
