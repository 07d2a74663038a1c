/** Ranges in use, as streams: those of a chunk by its logical addresses, those of this device by its bytes. */
package org.imagingutility.allocator.btrfs.extent;
