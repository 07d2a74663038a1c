package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.store.ImageFile;

/**
 * A dynamic VHD ("Dynamic Hard Disk Image"): copy of the footer, dynamic header, block allocation table, the blocks that hold
 * something, footer. For one thread.
 */
final class DynamicVhd extends BlockDisk {
    /** "Block Size": the default of the specification. */
    private static final int BLOCK = 2 << 20;
    /** Bytes of the "sector bitmap" before a block: a bit for each of its sectors, a whole number of sectors long. */
    private static final int BITMAP = BLOCK / VhdFooter.SECTOR / Byte.SIZE;
    private static final int HEADER_AT = VhdFooter.LENGTH;
    private static final int HEADER_LENGTH = 1024;
    private static final int TABLE_AT = HEADER_AT + HEADER_LENGTH;
    /** Offset of "Checksum" in the dynamic header. */
    private static final int HEADER_CHECKSUM = 36;
    /** An entry of the table for a block that is not there. */
    private static final long NONE = 0xFFFF_FFFFL;

    private final VirtualDiskSpec spec;
    private final long blocks;
    private final Table table;
    private final ByteBuffer bitmap = ByteBuffer.allocateDirect(BITMAP);
    private long block = -1;
    private long blockAt;
    private long end;

    DynamicVhd(ImageFile file, VirtualDiskSpec spec) {
        super(file, spec, VhdFooter.SECTOR, BLOCK);
        this.spec = spec;
        this.blocks = multiple(diskLength(), BLOCK) / BLOCK;
        long entries = multiple(blocks, VhdFooter.SECTOR / Integer.BYTES);
        this.table = new Table(file, TABLE_AT, entries, Integer.BYTES, ByteOrder.BIG_ENDIAN, index -> NONE);
        this.end = TABLE_AT + entries * Integer.BYTES;
        byte[] ones = new byte[BITMAP];
        Arrays.fill(ones, (byte) 0xFF);
        bitmap.put(ones);
    }

    @Override
    public List<String> notes() {
        return VhdFooter.notes(spec);
    }

    @Override
    void put(long offset, ByteBuffer piece) throws ImagingException {
        long wanted = offset / BLOCK;
        if (wanted != block) {
            table.set(wanted, end / VhdFooter.SECTOR);
            file().write(end, bitmap.flip());
            block = wanted;
            blockAt = end + BITMAP;
            end = blockAt + BLOCK;
        }
        file().write(blockAt + offset % BLOCK, piece);
    }

    @Override
    void complete() throws ImagingException {
        table.finish();
        ByteBuffer footer = VhdFooter.of(spec, diskLength(), VhdFooter.DYNAMIC, HEADER_AT);
        file().write(end, footer);
        file().write(HEADER_AT, header());
        file().write(0, footer.clear());
    }

    /** "Dynamic Disk Header Format". */
    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
        header.put(VhdFooter.ascii("cxsparse"));
        header.putLong(-1); // "Data Offset": unused
        header.putLong(TABLE_AT);
        header.putInt(0x0001_0000); // "Header Version"
        header.putInt((int) blocks);
        header.putInt(BLOCK);
        return VhdFooter.seal(header, HEADER_CHECKSUM);
    }
}
