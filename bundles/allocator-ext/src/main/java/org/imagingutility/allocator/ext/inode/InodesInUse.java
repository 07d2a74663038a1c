package org.imagingutility.allocator.ext.inode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.imagingutility.allocator.ext.journal.JournaledBlocks;
import org.imagingutility.api.allocator.ClusterReferences;
import org.imagingutility.api.allocator.ClusterWindow;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.group.GroupDescriptor;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * What the inodes in use refer to, as they are on the volume and as the journal will write them: blocks of data, of trees
 * and of extended attributes. An inode is in use if it says so, whatever the bitmaps of inodes say. Where it cannot be told
 * what such an inode refers to, that is an error, since something would be missing. For one thread.
 */
public final class InodesInUse implements ClusterReferences {
    /** Bytes of inode tables read at a time. */
    private static final int STRETCH = 1 << 20;

    private final Superblock volume;
    private final Geometry geometry;
    private final boolean journalPending;
    private final BlockVersions versions;
    private final AlignedReader reader;
    private final DescriptorReader descriptors;
    private final String device;

    /** Creates the references of a volume. */
    public InodesInUse(Device device, Superblock volume, JournaledBlocks journaled) {
        this.volume = volume;
        this.geometry = volume.geometry();
        this.journalPending = journaled.count() > 0;
        this.versions = new BlockVersions(new AlignedReader(device), geometry, journaled);
        this.reader = new AlignedReader(device);
        this.descriptors = new DescriptorReader(new AlignedReader(device), volume);
        this.device = device.info().reference();
    }

    @Override
    public void addTo(ClusterWindow window) throws ImagingException {
        BlockMap map = new BlockMap(versions, geometry, device, window, journalPending ? 2 + BlockVersions.MAX_COPIES : 2);
        for (long group = 0; group < geometry.groupCount(); group++) {
            addGroup(group, map);
            map.flush();
        }
    }

    /**
     * Inodes behind those that were ever used need not be initialised. The descriptor that says how many those are may lag
     * behind, unless there is a journal for it: then inodes behind count as well, if they make sense.
     */
    private void addGroup(long group, BlockMap map) throws ImagingException {
        GroupDescriptor descriptor = descriptors.read(group);
        long used = usedInodes(group, descriptor);
        long inodes = volume.features().needsRecovery() ? used : geometry.inodesPerGroup();
        int perBlock = geometry.blockSize() / geometry.inodeSize();
        long blocks = (inodes + perBlock - 1) / perBlock;
        for (long done = 0; done < blocks;) {
            int part = (int) Math.min(blocks - done, STRETCH / geometry.blockSize());
            ByteBuffer table = reader.read(geometry.offset(descriptor.inodeTable() + done), part * geometry.blockSize());
            for (int i = 0; i < part; i++) {
                addBlock(descriptor.inodeTable() + done + i, table.slice(i * geometry.blockSize(), geometry.blockSize())
                        .order(ByteOrder.LITTLE_ENDIAN), used - (done + i) * perBlock, map);
            }
            done += part;
        }
    }

    /** Returns how many inodes of the group were ever used, as its descriptor or one of its copies in the journal says. */
    private long usedInodes(long group, GroupDescriptor descriptor) throws ImagingException {
        long used = descriptor.usedInodes();
        if (!journalPending || !volume.features().descriptorChecksum()) {
            return used;
        }
        long block = geometry.descriptorBlock(group / geometry.descriptorsPerBlock());
        int at = (int) (group % geometry.descriptorsPerBlock()) * geometry.descriptorSize();
        for (ByteBuffer copy : versions.journaled(block)) {
            used = Math.max(used, GroupDescriptor.usedInodes(copy.slice(at, geometry.descriptorSize())
                    .order(ByteOrder.LITTLE_ENDIAN), volume));
        }
        return used;
    }

    /** Adds the inodes in a block of a table; {@code used} of them, counted from its begin, are surely initialised. */
    private void addBlock(long block, ByteBuffer onVolume, long used, BlockMap map) throws ImagingException {
        List<ByteBuffer> copies = versions.journaled(block);
        long inodeCount = geometry.groupCount() * geometry.inodesPerGroup();
        for (int at = 0; at + geometry.inodeSize() <= geometry.blockSize(); at += geometry.inodeSize()) {
            boolean initialised = at / geometry.inodeSize() < used;
            Place place = new Place(device, geometry.offset(block) + at);
            if (copies.isEmpty()) {
                if (Inode.isInUse(onVolume, at, inodeCount)) {
                    addInode(onVolume, at, initialised, place, map);
                }
                continue;
            }
            // the journal has the bitmaps that go with its inodes: of several versions none has to make sense
            for (ByteBuffer copy : copies) {
                if (Inode.isInUse(copy, at, inodeCount)) {
                    addInode(copy, at, false, place, map);
                }
            }
            if (Inode.isInUse(onVolume, at, inodeCount)) {
                addInode(onVolume, at, false, place, map);
            }
        }
    }

    private void addInode(ByteBuffer bytes, int at, boolean certain, Place place, BlockMap map) throws ImagingException {
        try {
            map.add(Inode.parse(bytes, at, volume), certain, place.at(Inode.ROOT_AT));
        } catch (FileSystemException damaged) {
            if (certain) {
                throw damaged;
            }
        }
    }
}
