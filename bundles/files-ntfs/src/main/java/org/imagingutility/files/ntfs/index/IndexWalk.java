package org.imagingutility.files.ntfs.index;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.record.FileRecord;

/**
 * Goes through the entries of a directory in their order: down to a node before the entry that refers to it. Holds the nodes from the
 * root to the current one, and a bit for each block of the index that was seen: a block is gone through once at most. Names that do not
 * rise are refused, so that none comes twice. After an error the walk goes on behind what is wrong. For one thread.
 */
public final class IndexWalk {
    private static final int MAX_DEPTH = 32;
    /** Blocks that are marked: 2 MiB of bits for a directory of 64 GiB. */
    private static final long MAX_BLOCKS = 1 << 24;

    private final IndexTree tree;
    private final Collation collation;
    private final String from;
    private final Deque<IndexNode> path = new ArrayDeque<>();
    private final BitSet seen = new BitSet();
    private boolean begun;
    private IndexEntry entry;

    /** Begins before the first entry. */
    public IndexWalk(FileRecord directory, Contents contents, Collation collation) throws ImagingException {
        this(directory, contents, collation, "");
    }

    /** Begins before the first entry whose name is not less than {@code from}, whatever the case of their letters. */
    public IndexWalk(FileRecord directory, Contents contents, Collation collation, String from) throws ImagingException {
        this.tree = new IndexTree(directory, contents);
        this.collation = collation;
        this.from = from;
    }

    /**
     * Moves to the next entry.
     *
     * @return false at the end
     */
    public boolean next() throws ImagingException {
        if (!begun) {
            begun = true;
            path.push(tree.root());
        }
        while (!path.isEmpty()) {
            IndexNode node = path.peek();
            if (!node.look()) {
                path.pop();
            } else if (!skips(node)) {
                long child = node.takeChild();
                if (child >= 0) {
                    descend(child);
                } else if (node.isLast()) {
                    node.advance();
                } else {
                    return take(node);
                }
            }
        }
        return false;
    }

    /** Passes over an entry, and all before it, that comes before what is looked for. */
    private boolean skips(IndexNode node) throws FileSystemException {
        if (from.isEmpty() || node.isLast()) {
            return false;
        }
        IndexEntry next;
        try {
            next = node.entry();
        } catch (FileSystemException e) {
            node.advance();
            throw e;
        }
        if (collation.compareFolded(next.key().name(), from) >= 0) {
            return false;
        }
        node.advance();
        return true;
    }

    private boolean take(IndexNode node) throws FileSystemException {
        IndexEntry before = entry;
        try {
            IndexEntry next = node.entry();
            if (before != null && collation.compare(before.key().name(), next.key().name()) >= 0) {
                throw next.place().wrong(0, "the names of a directory do not rise: one comes again, or too late");
            }
            entry = next;
            return true;
        } finally {
            node.advance();
        }
    }

    private void descend(long number) throws ImagingException {
        long block = tree.block(number, tree.place());
        if (path.size() == MAX_DEPTH || block >= MAX_BLOCKS || seen.get((int) block)) {
            throw tree.place().wrong(0, path.size() == MAX_DEPTH ? "an index is more than " + MAX_DEPTH + " nodes deep"
                    : block >= MAX_BLOCKS ? "an index has more than " + MAX_BLOCKS + " blocks"
                    : "an index runs in a circle: it comes to node " + number + " twice");
        }
        seen.set((int) block);
        path.push(tree.node(number, tree.place()));
    }

    /** Returns the entry moved to last. */
    public IndexEntry entry() {
        return entry;
    }
}
