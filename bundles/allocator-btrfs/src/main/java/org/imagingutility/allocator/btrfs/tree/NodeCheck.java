package org.imagingutility.allocator.btrfs.tree;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.layout.DeviceItem;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.api.error.FileSystemException;

/**
 * What holds for each node (kernel, fs/btrfs/disk-io.c, btrfs_validate_extent_buffer, and tree-checker.c, check_leaf and
 * btrfs_check_node).
 *
 * @param chunkTree UUID that nodes name, or null if that is not known
 */
record NodeCheck(Superblock volume, UUID chunkTree) {

    void check(Node node, ByteBuffer bytes, TreeRoot root, Key first, Key behind) throws FileSystemException {
        if (!volume.checksum().holds(bytes)) {
            throw node.place().wrong(0, "the " + volume.checksum() + " of a node does not hold");
        }
        expect(node, node.logical() == root.logical(), Node.BYTENR_AT, "a node says that it is at logical address "
                + Long.toUnsignedString(node.logical()) + ", expected " + root.logical());
        expect(node, DeviceItem.uuid(bytes, Node.FSID_AT).equals(volume.metadataUuid()), Node.FSID_AT,
                "a node is of another file system");
        expect(node, chunkTree == null || node.chunkTree().equals(chunkTree), Node.CHUNK_TREE_AT,
                "a node is of another chunk tree");
        expect(node, node.generation() == root.generation(), Node.GENERATION_AT, "a node is of transaction "
                + Long.toUnsignedString(node.generation()) + ", expected " + Long.toUnsignedString(root.generation()));
        expect(node, bytes.getLong(Node.OWNER_AT) == root.owner(), Node.OWNER_AT, "a node is of tree "
                + bytes.getLong(Node.OWNER_AT) + ", expected " + root.owner());
        expect(node, node.level() == root.level(), Node.LEVEL_AT, "a node has level " + node.level() + ", expected "
                + root.level());
        int most = (volume.nodeSize() - Node.HEADER) / (node.level() == 0 ? Node.ITEM : Node.POINTER);
        // only the root of an empty tree is empty
        int least = node.level() == 0 && first == null ? 0 : 1;
        expect(node, node.count() >= least && node.count() <= most, Node.COUNT_AT, "a node of level " + node.level() + " has "
                + Integer.toUnsignedString(node.count()) + " items, which is not in " + least + ".." + most);
        keys(node, first, behind);
        if (node.level() == 0) {
            items(node);
        }
    }

    private static void keys(Node node, Key first, Key behind) throws FileSystemException {
        Key last = null;
        for (int i = 0; i < node.count(); i++) {
            Key key = node.key(i);
            expect(node, last == null || key.compareTo(last) > 0, node.headOf(i), "key " + key + " follows key " + last);
            last = key;
        }
        expect(node, first == null || node.key(0).equals(first), Node.HEADER, "a node begins with another key than " + first);
        expect(node, behind == null || last == null || last.compareTo(behind) < 0, Node.HEADER, "the last key " + last
                + " of a node is not before " + behind + ", with which the next node begins");
    }

    /** The data of items stand one behind the other, the first at the end. */
    private void items(Node node) throws FileSystemException {
        long end = (long) volume.nodeSize() - Node.HEADER;
        for (int i = 0; i < node.count(); i++) {
            expect(node, node.dataOffset(i) + node.dataSize(i) == end, node.headOf(i) + Key.LENGTH, "item " + node.key(i)
                    + " has the bytes " + node.dataOffset(i) + "+" + node.dataSize(i) + ", which do not end at " + end);
            end = node.dataOffset(i);
        }
        expect(node, end >= (long) node.count() * Node.ITEM, Node.COUNT_AT, "the items of a leaf reach into their heads");
    }

    private static void expect(Node node, boolean right, int at, String reason) throws FileSystemException {
        if (!right) {
            throw node.place().wrong(at, reason);
        }
    }
}
