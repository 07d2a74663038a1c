/** The four checksums that superblocks and nodes of btrfs may have. */
package org.imagingutility.allocator.btrfs.checksum;
