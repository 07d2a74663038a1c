/** Trees: nodes that are verified, walks over all of one, and cursors over its items. */
package org.imagingutility.allocator.btrfs.tree;
