package org.imagingutility.allocator.btrfs.tree;

import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.api.error.ImagingException;

/**
 * Walks over all nodes of a tree. Levels go down and keys go up, so a walk has an end whatever nodes say: none is visited
 * twice.
 */
public final class TreeWalk {
    private final NodeReader reader;
    private final Visitor visitor;

    private TreeWalk(NodeReader reader, Visitor visitor) {
        this.reader = reader;
        this.visitor = visitor;
    }

    /** Is told of the nodes. */
    @FunctionalInterface
    public interface Visitor {
        /** Is called for each node, parents first. */
        void visit(Node node) throws ImagingException;
    }

    /** Has all nodes visited, which must all be on this device. */
    public static void all(NodeReader reader, TreeRoot root, Place pointer, Visitor visitor) throws ImagingException {
        new TreeWalk(reader, visitor).visit(root, null, null, pointer);
    }

    /** Says whether all nodes of the tree have a copy on this device. Reads those only that are no leaves. */
    public static boolean isHere(NodeReader reader, TreeRoot root, Place pointer) throws ImagingException {
        return reader.isHere(root.logical(), pointer) && (root.level() == 0
                || new TreeWalk(reader, node -> { }).childrenAreHere(reader.read(root, null, null, pointer), root.owner(), null));
    }

    private void visit(TreeRoot root, Key first, Key behind, Place pointer) throws ImagingException {
        Node node = reader.read(root, first, behind, pointer);
        visitor.visit(node);
        for (int i = 0; node.level() > 0 && i < node.count(); i++) {
            visit(node.child(i, root.owner()), node.key(i), i + 1 < node.count() ? node.key(i + 1) : behind, placeOf(node, i));
        }
    }

    private boolean childrenAreHere(Node node, long owner, Key behind) throws ImagingException {
        for (int i = 0; i < node.count(); i++) {
            TreeRoot child = node.child(i, owner);
            if (!reader.isHere(child.logical(), placeOf(node, i))) {
                return false;
            }
            Key next = i + 1 < node.count() ? node.key(i + 1) : behind;
            if (child.level() > 0 && !childrenAreHere(reader.read(child, node.key(i), next, placeOf(node, i)), owner, next)) {
                return false;
            }
        }
        return true;
    }

    /** Returns where the pointer to a child stands. */
    static Place placeOf(Node node, int slot) {
        return new Place(node.place().device(), node.place().offset() + node.headOf(slot) + Key.LENGTH);
    }
}
