/** Groups of blocks: their descriptors and their bitmaps. */
package org.imagingutility.allocator.ext.group;
