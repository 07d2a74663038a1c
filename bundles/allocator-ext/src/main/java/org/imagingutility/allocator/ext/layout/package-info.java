/** The superblock, the measures of the volume that follow from it, and its checksums. */
package org.imagingutility.allocator.ext.layout;
