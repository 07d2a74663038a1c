package org.imagingutility.allocator.btrfs.tree;

import java.nio.ByteBuffer;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.api.error.ImagingException;

/** Goes over the items of a tree in the order of their keys. Holds one node of each level. For one thread. */
public final class TreeCursor {
    private final NodeReader reader;
    private final TreeRoot root;
    private final Place pointer;
    /** The nodes from the leaf up, which stay where they are until others of their level are needed. */
    private final Node[] nodes;
    private final int[] slots;
    private final Key[] behind;
    private Key key;

    /**
     * Creates a cursor before the first item.
     *
     * @param pointer where the address of the root was found, for errors
     */
    public TreeCursor(NodeReader reader, TreeRoot root, Place pointer) {
        this.reader = reader;
        this.root = root;
        this.pointer = pointer;
        this.nodes = new Node[root.level() + 1];
        this.slots = new int[root.level() + 1];
        this.behind = new Key[root.level() + 1];
    }

    /** Goes in front of the first item whose key is not less than {@code wanted}. */
    public void seek(Key wanted) throws ImagingException {
        int top = root.level();
        if (nodes[top] == null) {
            nodes[top] = reader.read(root, null, null, pointer);
        }
        for (int level = top; level > 0; level--) {
            slots[level] = Math.max(0, firstBehind(nodes[level], wanted) - 1);
            load(level - 1);
        }
        slots[0] = firstBehind(nodes[0], wanted) - 1;
        if (slots[0] >= 0 && !nodes[0].key(slots[0]).equals(wanted)) {
            slots[0]++;
        }
        // next() steps first
        slots[0] = Math.max(slots[0], 0) - 1;
    }

    /** Moves to the next item; false at the end. */
    public boolean next() throws ImagingException {
        slots[0]++;
        if (slots[0] >= nodes[0].count()) {
            int level = 1;
            while (level < nodes.length && slots[level] + 1 >= nodes[level].count()) {
                level++;
            }
            if (level >= nodes.length) {
                slots[0] = nodes[0].count();
                return false;
            }
            slots[level]++;
            for (; level > 0; level--) {
                load(level - 1);
                slots[level - 1] = 0;
            }
        }
        key = nodes[0].key(slots[0]);
        return true;
    }

    /** Returns the key of the item. */
    public Key key() {
        return key;
    }

    /** Returns the bytes of the item, little endian. */
    public ByteBuffer data() {
        return nodes[0].data(slots[0]);
    }

    /** Returns where the bytes of the item stand. */
    public Place place() {
        return nodes[0].dataPlace(slots[0]);
    }

    /** Returns where the head of the item stands. */
    public Place keyPlace() {
        return new Place(nodes[0].place().device(), nodes[0].place().offset() + nodes[0].headOf(slots[0]));
    }

    /** Reads the node that the slot of the level above leads to, unless it is there already. */
    private void load(int level) throws ImagingException {
        Node parent = nodes[level + 1];
        int slot = slots[level + 1];
        TreeRoot child = parent.child(slot, root.owner());
        Key next = slot + 1 < parent.count() ? parent.key(slot + 1) : behind[level + 1];
        if (nodes[level] == null || nodes[level].logical() != child.logical()
                || nodes[level].generation() != child.generation() || !nodes[level].key(0).equals(parent.key(slot))) {
            nodes[level] = reader.read(child, parent.key(slot), next, TreeWalk.placeOf(parent, slot));
        }
        behind[level] = next;
    }

    /** Returns the first slot whose key is behind {@code wanted}. */
    private static int firstBehind(Node node, Key wanted) {
        int low = 0;
        int high = node.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (node.key(middle).compareTo(wanted) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
