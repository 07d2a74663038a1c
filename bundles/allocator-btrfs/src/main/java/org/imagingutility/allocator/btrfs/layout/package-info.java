/** Superblock, keys and what else is read field by field. */
package org.imagingutility.allocator.btrfs.layout;
