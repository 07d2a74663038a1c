/** Chunks: which logical addresses lie where on this device. */
package org.imagingutility.allocator.btrfs.chunk;
