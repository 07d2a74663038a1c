package org.imagingutility.allocator.ext;

import java.nio.ByteBuffer;
import org.imagingutility.allocator.ext.group.BitmapReader;
import org.imagingutility.allocator.ext.group.BlockRanges;
import org.imagingutility.allocator.ext.group.GroupBitmap;
import org.imagingutility.allocator.ext.inode.InodesInUse;
import org.imagingutility.allocator.ext.journal.JournaledBlocks;
import org.imagingutility.api.allocator.ClusterFinder;
import org.imagingutility.api.allocator.UnitedClusters;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.group.GroupDescriptor;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * Finds out what is in use in one group after the other: what its bitmap says, or what follows from the layout where the
 * bitmap was never written, what inodes refer to if the volume is not in order, and always superblock, descriptors, bitmaps, inode tables and journal. On a settled volume a
 * bitmap that has one of them free, or another number of free clusters than its descriptor, is not trusted; on one that
 * waits for its journal or for {@code e2fsck}, such differences are to be expected. For one thread.
 */
final class GroupLoader {
    private final Superblock volume;
    private final Geometry geometry;
    private final BlockRanges structures;
    private final JournaledBlocks journaled;
    private final AlignedReader journalReader;
    private final DescriptorReader descriptors;
    private final BitmapReader bitmaps;
    private final String device;
    /** What inodes refer to, whatever the bitmaps say, and the run of it that was found last. */
    private final ClusterFinder referred;
    private long runStart;
    private long runEnd;

    /** Creates a loader of {@code allocation} that reads its device. */
    GroupLoader(ExtAllocation allocation) {
        this.volume = allocation.volume();
        this.geometry = volume.geometry();
        this.structures = allocation.structures();
        this.journaled = allocation.journaled();
        this.device = allocation.device().info().reference();
        this.journalReader = new AlignedReader(allocation.device());
        this.descriptors = new DescriptorReader(new AlignedReader(allocation.device()), volume);
        this.bitmaps = new BitmapReader(new AlignedReader(allocation.device()), geometry, descriptors);
        this.referred = allocation.state().inOrder() ? (inUse, from) -> geometry.blockCount()
                : new UnitedClusters((inUse, from) -> inUse ? geometry.blockCount() : from, new InodesInUse(
                        allocation.device(), volume, journaled), geometry.firstBlock(), geometry.blockCount());
        this.runStart = geometry.firstBlock();
        this.runEnd = geometry.firstBlock();
    }

    /** Fills {@code bitmap} with what is in use in {@code group}. */
    void load(long group, GroupBitmap bitmap) throws ImagingException {
        GroupDescriptor descriptor = descriptors.read(group);
        if (descriptor.uninitialised()) {
            bitmap.begin(geometry.clusters(group));
        } else {
            ByteBuffer block = bitmaps.read(group, descriptor.blockBitmap());
            checkSum(group, descriptor, block);
            bitmap.begin(geometry.clusters(group), block);
        }
        addJournaled(descriptor.blockBitmap(), bitmap);
        addReferred(group, bitmap);
        boolean required = volume.settled() && !descriptor.uninitialised();
        Marker marker = new Marker(group, descriptor.blockBitmap(), bitmap, required);
        marker.mark(geometry.groupStart(group), geometry.headEnd(group));
        marker.mark(descriptor.blockBitmap(), descriptor.blockBitmap() + 1);
        marker.mark(descriptor.inodeBitmap(), descriptor.inodeBitmap() + 1);
        marker.mark(descriptor.inodeTable(), descriptor.inodeTable() + geometry.inodeTableBlocks());
        for (int i = structures.firstEndingAfter(geometry.groupStart(group)); i < structures.count()
                && structures.start(i) < geometry.groupEnd(group); i++) {
            marker.mark(structures.start(i), structures.end(i));
        }
        if (volume.settled() && bitmap.freeCount() != descriptor.freeClusters()) {
            throw descriptors.place(group).wrong(GroupDescriptor.FREE_CLUSTERS_AT, "group " + group + " is said to have "
                    + descriptor.freeClusters() + " free clusters, its bitmap (block " + descriptor.blockBitmap()
                    + ") has " + bitmap.freeCount());
        }
    }

    /** Groups are loaded in order. */
    private void addReferred(long group, GroupBitmap bitmap) throws ImagingException {
        long start = geometry.groupStart(group);
        long end = geometry.groupEnd(group);
        while (runStart < end) {
            long from = Math.max(runStart, start);
            long to = Math.min(runEnd, end);
            if (from < to) {
                bitmap.set((int) (from - start >> geometry.clusterShift()),
                        (int) (to - 1 - start >> geometry.clusterShift()) + 1);
            }
            if (runEnd >= end) {
                return;
            }
            runStart = referred.find(true, runEnd);
            runEnd = referred.find(false, runStart);
        }
    }

    private void checkSum(long group, GroupDescriptor descriptor, ByteBuffer block) throws FileSystemException {
        int mask = descriptor.bitmapChecksumMask();
        if (mask == 0 || !volume.settled()) {
            return;
        }
        int expected = volume.checksums().ofBitmap(block.slice(0, geometry.clustersPerGroup() / Byte.SIZE)) & mask;
        if (expected != (descriptor.bitmapChecksum() & mask)) {
            throw new Place(device, geometry.offset(descriptor.blockBitmap())).wrong(0, String.format(
                    "the block bitmap of group %d has checksum 0x%08X, its descriptor says 0x%08X", group, expected,
                    descriptor.bitmapChecksum() & mask));
        }
    }

    /** What the journal will write over the bitmap counts as well: files may own blocks that only it has in use. */
    private void addJournaled(long bitmapBlock, GroupBitmap bitmap) throws ImagingException {
        for (int i = journaled.firstOf(bitmapBlock); i < journaled.count(); i++) {
            JournaledBlocks.Entry entry = journaled.get(i);
            if (entry.target() != bitmapBlock) {
                return;
            }
            bitmap.add(journalReader.read(geometry.offset(entry.copy()), geometry.blockSize()));
            if (entry.escaped()) {
                // the copy lacks these bits; a cluster too many does no harm
                bitmap.set(0, Math.min(Integer.SIZE, bitmap.count()));
            }
        }
    }

    /** Marks structures in the bitmap of one group. */
    private final class Marker {
        private final long group;
        private final long start;
        private final long end;
        private final long bitmapBlock;
        private final GroupBitmap bitmap;
        private final boolean required;

        Marker(long group, long bitmapBlock, GroupBitmap bitmap, boolean required) {
            this.group = group;
            this.start = geometry.groupStart(group);
            this.end = geometry.groupEnd(group);
            this.bitmapBlock = bitmapBlock;
            this.bitmap = bitmap;
            this.required = required;
        }

        /** Marks what lies in the group of blocks {@code [from, to)}. */
        void mark(long from, long to) throws FileSystemException {
            long first = Math.max(from, start);
            long last = Math.min(to, end) - 1;
            if (first > last) {
                return;
            }
            int firstCluster = (int) (first - start >> geometry.clusterShift());
            int endCluster = (int) (last - start >> geometry.clusterShift()) + 1;
            int free = bitmap.find(false, firstCluster);
            if (required && free < endCluster) {
                throw new Place(device, geometry.offset(bitmapBlock)).wrong(free / Byte.SIZE, "the bitmap of group " + group
                        + " has block " + (start + ((long) free << geometry.clusterShift()))
                        + " free, which holds a superblock, descriptors, a bitmap, inodes or the journal");
            }
            bitmap.set(firstCluster, endCluster);
        }
    }
}
