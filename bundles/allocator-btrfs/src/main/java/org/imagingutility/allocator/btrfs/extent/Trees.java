package org.imagingutility.allocator.btrfs.extent;

import org.imagingutility.allocator.btrfs.tree.TreeCursor;

/**
 * Cursors over the trees that tell what is in use. For one thread.
 *
 * @param extents over the extent tree; null if not all of it is on this device
 * @param groups over the tree of block groups; null if they stand in the extent tree
 * @param free over the free-space tree; null if there is none to compare with
 */
public record Trees(TreeCursor extents, TreeCursor groups, TreeCursor free) {
}
