package org.imagingutility.allocator.btrfs.extent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.allocator.btrfs.chunk.ChunkMap;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.allocator.btrfs.tree.Node;
import org.imagingutility.allocator.btrfs.tree.NodeReader;
import org.imagingutility.allocator.btrfs.tree.TreeWalk;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * What a log has in use that was not replayed: its nodes, which no extent tells of, and the extents of file contents that they
 * refer to (kernel, fs/btrfs/tree-log.c, process_one_buffer and replay_one_extent). For one thread.
 */
public final class LoggedRanges {
    /** 16 MiB of memory: a log holds what was synced since the last commit, 30 seconds or so. */
    private static final int MAX_RANGES = 1 << 20;
    /** A subvolume each. */
    private static final int MAX_ROOTS = 1 << 16;
    /** {@code struct btrfs_root_item}: generation, address of the root node, its level. */
    private static final int ROOT_LENGTH = 239;
    private static final int ROOT_GENERATION_AT = 160;
    private static final int ROOT_ADDRESS_AT = 176;
    private static final int ROOT_LEVEL_AT = 238;
    /** {@code struct btrfs_file_extent_item}: type, address, length. */
    private static final int FILE_TYPE_AT = 20;
    private static final int FILE_ADDRESS_AT = 21;
    private static final int FILE_EXTENT_LENGTH = 53;
    private static final int INLINE = 0;

    private final NodeReader reader;
    private final Superblock volume;
    private final ChunkMap chunks;
    private final RangeList.Builder found = new RangeList.Builder();
    /** Roots of the logs of subvolumes, each with the place it stands at. */
    private final List<TreeRoot> roots = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<Long> addresses = new HashSet<>();

    private LoggedRanges(NodeReader reader, Superblock volume, ChunkMap chunks) {
        this.reader = reader;
        this.volume = volume;
        this.chunks = chunks;
    }

    /**
     * Reads a log, all of whose nodes must be on this device.
     *
     * @param pointer where the address of its root stands
     */
    public static RangeList of(NodeReader reader, Superblock volume, ChunkMap chunks, TreeRoot log, Place pointer)
            throws ImagingException {
        LoggedRanges ranges = new LoggedRanges(reader, volume, chunks);
        TreeWalk.all(reader, log, pointer, ranges::visitRoots);
        for (int i = 0; i < ranges.roots.size(); i++) {
            TreeWalk.all(reader, ranges.roots.get(i), ranges.places.get(i), ranges::visitLog);
        }
        return ranges.found.build();
    }

    /** Reads the root item at {@code data}. */
    public static TreeRoot root(long owner, ByteBuffer data, Place place) throws FileSystemException {
        if (data.limit() < ROOT_LENGTH || Byte.toUnsignedInt(data.get(ROOT_LEVEL_AT)) >= TreeRoot.MAX_LEVEL) {
            throw place.wrong(0, "the root of tree " + owner + " is too short, or has a level that none has");
        }
        return new TreeRoot(owner, data.getLong(ROOT_ADDRESS_AT), Byte.toUnsignedInt(data.get(ROOT_LEVEL_AT)),
                data.getLong(ROOT_GENERATION_AT));
    }

    private void visitRoots(Node node) throws FileSystemException {
        addNode(node);
        for (int i = 0; node.level() == 0 && i < node.count(); i++) {
            if (node.key(i).type() == Key.ROOT_ITEM) {
                TreeRoot root = root(TreeRoot.LOGS, node.data(i), node.dataPlace(i));
                if (roots.size() == MAX_ROOTS || !addresses.add(root.logical())) {
                    throw node.dataPlace(i).wrong(ROOT_ADDRESS_AT, "the log has more than " + MAX_ROOTS
                            + " trees, or one of them twice");
                }
                roots.add(root);
                places.add(new Place(node.dataPlace(i).device(), node.dataPlace(i).offset() + ROOT_ADDRESS_AT));
            }
        }
    }

    private void visitLog(Node node) throws FileSystemException {
        addNode(node);
        for (int i = 0; node.level() == 0 && i < node.count(); i++) {
            if (node.key(i).type() == Key.EXTENT_DATA) {
                addContent(node.data(i), node.dataPlace(i));
            }
        }
    }

    private void addNode(Node node) throws FileSystemException {
        add(node.logical(), volume.nodeSize(), node.place());
    }

    private void addContent(ByteBuffer data, Place place) throws FileSystemException {
        if (data.limit() <= FILE_TYPE_AT || data.get(FILE_TYPE_AT) != INLINE && data.limit() < FILE_EXTENT_LENGTH) {
            throw place.wrong(0, "a part of a file in the log is too short");
        }
        // address 0 is a hole
        if (data.get(FILE_TYPE_AT) != INLINE && data.getLong(FILE_ADDRESS_AT) != 0) {
            add(data.getLong(FILE_ADDRESS_AT), data.getLong(FILE_ADDRESS_AT + Long.BYTES), place);
        }
    }

    private void add(long address, long length, Place place) throws FileSystemException {
        if (chunks.find(address, length) == null) {
            throw place.wrong(0, "the log refers to " + Long.toUnsignedString(length) + " bytes from logical address "
                    + Long.toUnsignedString(address) + " on, which are in no chunk");
        }
        if (found.count() == MAX_RANGES) {
            throw place.wrong(0, "the log has more than " + MAX_RANGES + " nodes and extents");
        }
        found.add(address, address + length);
    }
}
