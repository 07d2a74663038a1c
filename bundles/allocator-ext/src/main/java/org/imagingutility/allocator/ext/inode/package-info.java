/** Inodes and the blocks they lead to, as they are on the volume and as the journal will write them. */
package org.imagingutility.allocator.ext.inode;
