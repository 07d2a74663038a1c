package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.store.ImageFile;

/** What stands in a VHDX file before the block allocation table: [MS-VHDX], sections 2.2, 2.3 and 2.6. */
final class VhdxHeaders {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    /** Section 2.2: places in the header section, and the lengths of what stands there. */
    private static final long HEADER_1 = 64 * KIB;
    private static final long HEADER_2 = 128 * KIB;
    private static final int HEADER_LENGTH = 4 * KIB;
    private static final long REGIONS_1 = 192 * KIB;
    private static final long REGIONS_2 = 256 * KIB;
    private static final int REGIONS_LENGTH = 64 * KIB;
    private static final long LOG_AT = MIB;
    private static final int LOG_LENGTH = MIB;
    private static final long METADATA_AT = 2L * MIB;
    private static final int METADATA_LENGTH = MIB;
    /** Section 2.6.1: items begin behind the table of 64 KiB. */
    private static final int ITEMS_AT = 64 * KIB;
    /** Section 2.6.1.2: flags of an item. */
    private static final int IS_VIRTUAL_DISK = 2;
    private static final int IS_REQUIRED = 4;

    private final ImageFile file;
    private final VirtualDiskSpec spec;

    VhdxHeaders(ImageFile file, VirtualDiskSpec spec) {
        this.file = file;
        this.spec = spec;
    }

    /** Writes all of it, and the length of the log, which is empty. */
    void write(long diskLength, int sector, int blockSize, long batAt, long batLength) throws ImagingException {
        file.write(METADATA_AT, metadata(diskLength, sector, blockSize));
        ByteBuffer regions = regions(batAt, batLength);
        file.write(REGIONS_2, regions);
        file.write(REGIONS_1, regions.clear());
        file.write(HEADER_2, header(2));
        file.write(HEADER_1, header(1));
        file.write(0, fileType());
    }

    /** Section 2.2.1, File Type Identifier: the signature and who made the file, in UTF-16. */
    private static ByteBuffer fileType() {
        return buffer(HEADER_LENGTH).put(ascii("vhdxfile")).put("ImagingUtility".getBytes(StandardCharsets.UTF_16LE)).clear();
    }

    /** Section 2.2.2, Headers: the one with the higher sequence number counts. A log GUID of zero says that the log is empty. */
    private ByteBuffer header(long sequence) {
        ByteBuffer header = buffer(HEADER_LENGTH);
        header.put(ascii("head")).putInt(0).putLong(sequence);
        header.put(Identifiers.guid(spec, "VHDX file write")).put(Identifiers.guid(spec, "VHDX data write"));
        header.put(new byte[16]); // LogGuid
        header.putShort((short) 0).putShort((short) 1); // LogVersion, Version
        header.putInt(LOG_LENGTH).putLong(LOG_AT);
        return seal(header);
    }

    /** Section 2.2.3, Region Table. */
    private static ByteBuffer regions(long batAt, long batLength) {
        ByteBuffer regions = buffer(REGIONS_LENGTH);
        regions.put(ascii("regi")).putInt(0).putInt(2).putInt(0);
        putGuid(regions, "2DC27766-F623-4200-9D64-115E9BFD4A08"); // BAT
        regions.putLong(batAt).putInt((int) batLength).putInt(1);
        putGuid(regions, "8B7CA206-4790-4B9A-B8FE-575F050F886E"); // Metadata
        regions.putLong(METADATA_AT).putInt(METADATA_LENGTH).putInt(1);
        return seal(regions);
    }

    /** Section 2.6, Metadata Region: the table and the five items that a disk without a parent has (section 2.6.2). */
    private ByteBuffer metadata(long diskLength, int sector, int blockSize) {
        ByteBuffer region = buffer(ITEMS_AT + 4 * KIB);
        region.put(ascii("metadata")).putShort((short) 0).putShort((short) 5).position(32);
        ByteBuffer items = region.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(ITEMS_AT);
        // FileParameters: block size, and neither LeaveBlocksAllocated nor HasParent
        entry(region, items, "CAA16737-FA36-4D43-B3B6-33F0AA44E76B", 8, IS_REQUIRED);
        items.putInt(blockSize).putInt(0);
        entry(region, items, "2FA54224-CD1B-4876-B211-5DBED83BF4B8", 8, IS_REQUIRED | IS_VIRTUAL_DISK); // VirtualDiskSize
        items.putLong(diskLength);
        entry(region, items, "BECA12AB-B2E6-4523-93EF-C309E000C746", 16, IS_REQUIRED | IS_VIRTUAL_DISK); // VirtualDiskId
        items.put(Identifiers.guid(spec, "VHDX disk"));
        entry(region, items, "8141BF1D-A96F-4709-BA47-F233A8FAAB5F", 4, IS_REQUIRED | IS_VIRTUAL_DISK); // LogicalSectorSize
        items.putInt(sector);
        entry(region, items, "CDA348C7-445D-4471-9CC9-E9885251C556", 4, IS_REQUIRED | IS_VIRTUAL_DISK); // PhysicalSectorSize
        items.putInt(sector);
        return region.clear();
    }

    private static void entry(ByteBuffer table, ByteBuffer items, String id, int length, int flags) {
        putGuid(table, id);
        table.putInt(items.position()).putInt(length).putInt(flags).putInt(0);
    }

    /** Writes the CRC-32C of the whole structure with a checksum of zero. Leaves all to be read. */
    private static ByteBuffer seal(ByteBuffer structure) {
        CRC32C crc = new CRC32C();
        crc.update(structure.clear());
        return structure.putInt(4, (int) crc.getValue()).clear();
    }

    /** Writes a GUID as MS-DTYP, section 2.3.4.2, has it: three fields with the least significant byte first, then eight bytes. */
    private static void putGuid(ByteBuffer target, String guid) {
        java.util.UUID value = java.util.UUID.fromString(guid);
        long high = value.getMostSignificantBits();
        target.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        target.putLong(Long.reverseBytes(value.getLeastSignificantBits()));
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
