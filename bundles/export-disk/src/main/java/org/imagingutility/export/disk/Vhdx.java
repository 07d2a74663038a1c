package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.store.ImageFile;

/**
 * A dynamic VHDX disk, by [MS-VHDX] "Virtual Hard Disk v2 (VHDX) File Format": header section, an empty log, metadata
 * region, block allocation table (BAT), payload blocks. All numbers have the least significant byte first. For one thread.
 */
final class Vhdx extends BlockDisk {
    /** The longest disk: 64 TiB (section 2.6.2.2). */
    static final long MAX_DISK_LENGTH = 64L << 40;
    private static final int MIB = 1 << 20;
    /** Where the BAT stands: behind the header section, the log and the metadata region, each of 1 MiB. */
    private static final long BAT_AT = 3L * MIB;
    /** Blocks are as small as this BAT allows, so that little zero content is stored, up to the size of Microsoft's tools. */
    private static final long BAT_ENTRIES = MIB / Long.BYTES;
    private static final int LARGEST_BLOCK = 32 * MIB;
    /** Section 2.5.1.1: PAYLOAD_BLOCK_ZERO. */
    private static final long ZERO = 2;
    /** Section 2.5.1.1: PAYLOAD_BLOCK_FULLY_PRESENT. */
    private static final long PRESENT = 6;

    private final VirtualDiskSpec spec;
    private final int sector;
    private final int blockSize;
    private final long chunkRatio;
    private final long batLength;
    private final Table bat;
    private long block = -1;
    private long blockAt;
    private long end;

    Vhdx(ImageFile file, VirtualDiskSpec spec) {
        this(file, spec, spec.sectorSize() == 4096 ? 4096 : 512, blockSize(spec.deviceLength()));
    }

    private Vhdx(ImageFile file, VirtualDiskSpec spec, int sector, int blockSize) {
        super(file, spec, sector, blockSize);
        this.spec = spec;
        this.sector = sector;
        this.blockSize = blockSize;
        // section 2.5: an entry for a sector bitmap block follows each so many payload blocks
        this.chunkRatio = (1L << 23) * sector / blockSize;
        long blocks = multiple(diskLength(), blockSize) / blockSize;
        long entries = blocks + (blocks - 1) / chunkRatio;
        this.batLength = multiple(entries * Long.BYTES, MIB);
        this.bat = new Table(file, BAT_AT, entries, Long.BYTES, ByteOrder.LITTLE_ENDIAN,
                index -> index % (chunkRatio + 1) == chunkRatio ? 0 : ZERO);
        this.end = BAT_AT + batLength;
    }

    private static int blockSize(long deviceLength) {
        int size = MIB;
        while (size < LARGEST_BLOCK && deviceLength / size >= BAT_ENTRIES) {
            size *= 2;
        }
        return size;
    }

    @Override
    public List<String> notes() {
        if (sector == 4096) {
            return List.of("the disk has sectors of 4096 bytes, as the device had: QEMU opens VHDX disks with sectors of 512 bytes"
                    + " only (choose qcow2 for it)");
        }
        return SectorNote.of(spec, "VHDX disks have sectors of 512 or 4096 bytes", Optional.empty()).stream().toList();
    }

    @Override
    void put(long offset, ByteBuffer piece) throws ImagingException {
        long wanted = offset / blockSize;
        if (wanted != block) {
            bat.set(wanted + wanted / chunkRatio, end | PRESENT);
            block = wanted;
            blockAt = end;
            end += blockSize;
        }
        file().write(blockAt + offset % blockSize, piece);
    }

    @Override
    void complete() throws ImagingException {
        bat.finish();
        new VhdxHeaders(file(), spec).write(diskLength(), sector, blockSize, BAT_AT, batLength);
        if (file().length() < end) {
            file().write(end - 1, ByteBuffer.allocateDirect(1));
        }
    }
}
