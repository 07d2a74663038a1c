package org.imagingutility.allocator.btrfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.chunk.ChunkItem;
import org.imagingutility.allocator.btrfs.chunk.ChunkMap;
import org.imagingutility.allocator.btrfs.extent.DeviceExtents;
import org.imagingutility.allocator.btrfs.extent.DeviceStripes;
import org.imagingutility.allocator.btrfs.extent.LoggedRanges;
import org.imagingutility.allocator.btrfs.extent.RangeList;
import org.imagingutility.allocator.btrfs.layout.DeviceItem;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.allocator.btrfs.tree.Node;
import org.imagingutility.allocator.btrfs.tree.NodeReader;
import org.imagingutility.allocator.btrfs.tree.TreeCursor;
import org.imagingutility.allocator.btrfs.tree.TreeWalk;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/** Goes from a superblock to the trees that tell what is in use. For one thread. */
final class VolumeScan {
    private final Device device;
    private final Superblock volume;
    private final Place superblock;
    private final List<String> warnings = new ArrayList<>();
    private ChunkMap chunks;
    private NodeReader reader;
    private UUID chunkTree;

    VolumeScan(Device device, Superblock volume) {
        this.device = device;
        this.volume = volume;
        this.superblock = new Place(device.info().reference(), Superblock.OFFSET);
    }

    /** Returns what is in use. */
    Allocation allocation() throws ImagingException {
        refuseNewerCopies();
        String name = "the btrfs volume on \"" + superblock.device() + "\"";
        readChunks();
        DeviceStripes stripes = DeviceStripes.of(chunks, volume, superblock);
        if (volume.deviceCount() > 1) {
            warnings.add(name + " is device " + volume.device().id() + " of " + volume.deviceCount()
                    + " of the file system " + volume.fsid() + ": all of them belong together, image each of them while none is mounted");
        } else if (!stripes.complete()) {
            throw superblock.wrong(0x88, "the file system has one device, but chunks that are not on it");
        }
        Optional<TreeRoot> extents = Optional.empty();
        Optional<TreeRoot> groups = Optional.empty();
        boolean here = isHere(volume.roots());
        if (here) {
            compareDevice(stripes);
            extents = Optional.of(root(TreeRoot.EXTENTS));
            groups = volume.features().blockGroupTree() ? Optional.of(root(TreeRoot.BLOCK_GROUPS)) : Optional.empty();
            here = isHere(extents.get()) && (groups.isEmpty() || isHere(groups.get()));
        }
        if (!here) {
            warnings.add(name + " does not have all of the extent tree, which is on other devices: all bytes of chunks are taken");
        } else if (stripes.parity()) {
            warnings.add(name + " has chunks of RAID5 or RAID6: all of their bytes are taken");
        }
        return finish(name, stripes, here ? extents : Optional.empty(), groups);
    }

    private Allocation finish(String name, DeviceStripes stripes, Optional<TreeRoot> extents, Optional<TreeRoot> groups)
            throws ImagingException {
        List<Finding> findings = new ArrayList<>();
        AllocationBasis basis = AllocationBasis.UNION;
        RangeList logged = new RangeList.Builder().build();
        if (volume.log().isPresent()) {
            Place pointer = new Place(superblock.device(), superblock.offset() + Superblock.LOG_ROOT_AT);
            findings.add(new Finding(VolumeCondition.JOURNAL_PENDING, "has a log that was not replayed (byte "
                    + pointer.offset() + ")"));
            // without the extent tree all of the chunks count, and so all of a log
            if (extents.isPresent() && volume.deviceCount() == 1) {
                logged = LoggedRanges.of(reader, volume, chunks, volume.log().get(), pointer);
            } else if (extents.isPresent()) {
                basis = AllocationBasis.ALL_BLOCKS;
            }
        }
        if (volume.features().errors()) {
            findings.add(new Finding(VolumeCondition.ERRORS, "has a note of errors (byte " + (Superblock.OFFSET + 0x38) + ")"));
            basis = AllocationBasis.ALL_BLOCKS;
        }
        VolumeState state = findings.isEmpty() ? VolumeState.IN_ORDER : new VolumeState(findings, basis);
        if (!state.inOrder()) {
            warnings.add(state.notice(name, "check it after restoring (btrfs check)"));
        }
        return new BtrfsAllocation(device, volume, chunks, chunkTree, stripes, extents, groups,
                extents.isPresent() ? freeTree() : Optional.empty(), logged, state, List.copyOf(warnings));
    }

    /** The superblock is written before its copies: a newer copy means that it is not what was written last. */
    private void refuseNewerCopies() throws ImagingException {
        for (SuperblockCopies.Copy copy : SuperblockCopies.sound(device)) {
            if (copy.fsid().equals(volume.fsid()) && Long.compareUnsigned(copy.generation(), volume.generation()) > 0) {
                throw superblock.wrong(0x48, "the superblock is of generation " + volume.generation() + ", its copy at byte "
                        + copy.offset() + " of " + Long.toUnsignedString(copy.generation()));
            }
        }
    }

    private void readChunks() throws ImagingException {
        ChunkMap system = ChunkMap.ofSystem(volume, superblock);
        NodeReader first = new NodeReader(device, volume, system, null);
        if (!TreeWalk.isHere(first, volume.chunks(), superblock)) {
            throw superblock.wrong(0x58, "the chunk tree is on other devices of the file system, which has " + volume.deviceCount());
        }
        List<Chunk> found = new ArrayList<>();
        TreeWalk.all(first, volume.chunks(), superblock, node -> addChunks(node, found));
        chunks = new ChunkMap(found, superblock);
        for (Chunk each : system.all()) {
            if (!each.equals(chunks.find(each.logical(), each.length()))) {
                throw superblock.wrong(Superblock.SYSTEM_CHUNKS_AT, "the chunk at logical address " + each.logical()
                        + " is another one in the chunk tree");
            }
        }
        reader = new NodeReader(device, volume, chunks, chunkTree);
    }

    private void addChunks(Node node, List<Chunk> found) throws FileSystemException {
        if (chunkTree == null) {
            chunkTree = node.chunkTree();
        } else if (!chunkTree.equals(node.chunkTree())) {
            throw node.place().wrong(0x40, "nodes of the chunk tree have different UUIDs of it");
        }
        for (int i = 0; node.level() == 0 && i < node.count(); i++) {
            Key key = node.key(i);
            if (key.type() == Key.CHUNK_ITEM) {
                if (found.size() == ChunkMap.MAX_CHUNKS) {
                    throw node.dataPlace(i).wrong(0, "there are more than " + ChunkMap.MAX_CHUNKS + " chunks");
                }
                found.add(ChunkItem.parse(key.offset(), node.data(i), volume, node.dataPlace(i)));
            } else if (key.type() == Key.DEV_ITEM && key.offset() == volume.device().id() && (node.dataSize(i) != DeviceItem.LENGTH
                    || !DeviceItem.at(node.data(i), 0).equals(volume.device()))) {
                throw node.dataPlace(i).wrong(0, "the chunk tree describes this device otherwise than the superblock does");
            }
        }
    }

    private void compareDevice(DeviceStripes stripes) throws ImagingException {
        TreeRoot devices = root(TreeRoot.DEVICES);
        if (isHere(devices)) {
            DeviceExtents.compare(new TreeCursor(reader, devices, superblock), volume, stripes);
        }
    }

    private Optional<TreeRoot> freeTree() throws ImagingException {
        if (!volume.features().freeSpaceTree()) {
            return Optional.empty();
        }
        TreeRoot free = root(TreeRoot.FREE_SPACE);
        return isHere(free) ? Optional.of(free) : Optional.empty();
    }

    /** Says whether this device has all of a tree; one of several may have none of it. */
    private boolean isHere(TreeRoot root) throws ImagingException {
        return volume.deviceCount() == 1 || TreeWalk.isHere(reader, root, superblock);
    }

    private TreeRoot root(long owner) throws ImagingException {
        TreeCursor cursor = new TreeCursor(reader, volume.roots(), superblock);
        cursor.seek(new Key(owner, Key.ROOT_ITEM, 0));
        if (!cursor.next() || cursor.key().objectId() != owner || cursor.key().type() != Key.ROOT_ITEM) {
            throw superblock.wrong(0x50, "the tree of roots has no tree " + owner);
        }
        return LoggedRanges.root(owner, cursor.data(), cursor.place());
    }
}
