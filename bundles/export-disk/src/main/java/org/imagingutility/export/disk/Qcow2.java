package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.store.ImageFile;

/**
 * A qcow2 disk of version 3, by "docs/interop/qcow2" of QEMU: header, L1 table, then L2 tables and data clusters as they come
 * in the order of the disk, and last the refcount table and its blocks. Every cluster of the file is used once, so all
 * refcounts are 1. All numbers have the most significant byte first. For one thread.
 */
final class Qcow2 extends BlockDisk {
    /** The longest disk: what an L1 table of 32 MiB reaches, the longest one that QEMU opens. */
    static final long MAX_DISK_LENGTH = 1L << 51;
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    /** Bytes of disk that one L2 table of one cluster reaches. */
    private static final long L2_REACH = (long) CLUSTER / Long.BYTES * CLUSTER;
    /** QEMU's sector: a length that is no multiple of it is cut by it. */
    private static final int SECTOR = 512;
    private static final int HEADER_LENGTH = 104;
    private static final int REFCOUNT_ORDER = 4;
    private static final int REFCOUNT_BYTES = 2;
    private static final int REFCOUNTS_PER_BLOCK = CLUSTER / REFCOUNT_BYTES;
    /** "QCOW_OFLAG_COPIED": bit 63 of entries whose cluster has a refcount of one. */
    private static final long COPIED = 1L << 63;

    private final VirtualDiskSpec spec;
    private final long l1Entries;
    private final Table l1;
    private final ByteBuffer l2 = ByteBuffer.allocateDirect(CLUSTER);
    private long l2Index = -1;
    private long l2At;
    private long cluster = -1;
    private long clusterAt;
    private long end;

    Qcow2(ImageFile file, VirtualDiskSpec spec) {
        super(file, spec, SECTOR, CLUSTER);
        this.spec = spec;
        this.l1Entries = multiple(diskLength(), L2_REACH) / L2_REACH;
        this.l1 = new Table(file, CLUSTER, l1Entries, Long.BYTES, ByteOrder.BIG_ENDIAN, index -> 0);
        this.end = CLUSTER + multiple(l1Entries * Long.BYTES, CLUSTER);
    }

    @Override
    public List<String> notes() {
        return spec.sectorSize() == SECTOR ? List.of() : List.of("qcow2 does not say how large sectors are, and the device had"
                + " sectors of " + spec.sectorSize() + ": the machine must be told, or a partition table on the disk is not"
                + " understood (QEMU: logical_block_size=" + spec.sectorSize() + ",physical_block_size=" + spec.sectorSize() + ")");
    }

    @Override
    void put(long offset, ByteBuffer piece) throws ImagingException {
        long wanted = offset >>> CLUSTER_BITS;
        if (wanted != cluster) {
            openL2(offset / L2_REACH);
            l2.putLong((int) (wanted % (CLUSTER / Long.BYTES)) * Long.BYTES, end | COPIED);
            cluster = wanted;
            clusterAt = end;
            end += CLUSTER;
        }
        file().write(clusterAt + offset % CLUSTER, piece);
    }

    private void openL2(long index) throws ImagingException {
        if (index == l2Index) {
            return;
        }
        writeL2();
        while (l2.hasRemaining()) {
            l2.putLong(0);
        }
        l2.clear();
        l2Index = index;
        l2At = end;
        end += CLUSTER;
        l1.set(index, l2At | COPIED);
    }

    private void writeL2() throws ImagingException {
        if (l2Index >= 0) {
            file().write(l2At, l2.clear());
        }
        l2.clear();
    }

    @Override
    void complete() throws ImagingException {
        writeL2();
        l1.finish();
        long before = end / CLUSTER;
        long blocks = 0;
        long tableClusters = 0;
        // the refcounts count their own clusters: two or three rounds and it comes to rest
        for (long clusters = -1; clusters != before + tableClusters + blocks; ) {
            clusters = before + tableClusters + blocks;
            blocks = multiple(clusters, REFCOUNTS_PER_BLOCK) / REFCOUNTS_PER_BLOCK;
            tableClusters = multiple(blocks * Long.BYTES, CLUSTER) / CLUSTER;
        }
        long tableAt = end;
        long blocksAt = tableAt + tableClusters * CLUSTER;
        Table refcountTable = new Table(file(), tableAt, tableClusters * CLUSTER / Long.BYTES, Long.BYTES, ByteOrder.BIG_ENDIAN,
                index -> 0);
        for (long i = 0; i < blocks; i++) {
            refcountTable.set(i, blocksAt + i * CLUSTER);
        }
        refcountTable.finish();
        long clusters = before + tableClusters + blocks;
        new Table(file(), blocksAt, blocks * REFCOUNTS_PER_BLOCK, REFCOUNT_BYTES, ByteOrder.BIG_ENDIAN,
                index -> index < clusters ? 1 : 0).finish();
        file().write(0, header(tableAt, (int) tableClusters));
    }

    /** "Header", version 3; the fields that are zero: no backing file, no encryption, no snapshots, no features. */
    private ByteBuffer header(long refcountTableAt, int refcountTableClusters) {
        ByteBuffer header = ByteBuffer.allocate(CLUSTER);
        header.putInt(0, 0x5146_49FB); // "QFI\xfb"
        header.putInt(4, 3);
        header.putInt(20, CLUSTER_BITS);
        header.putLong(24, diskLength());
        header.putInt(36, (int) l1Entries);
        header.putLong(40, CLUSTER);
        header.putLong(48, refcountTableAt);
        header.putInt(56, refcountTableClusters);
        header.putInt(96, REFCOUNT_ORDER);
        header.putInt(100, HEADER_LENGTH);
        return header;
    }
}
