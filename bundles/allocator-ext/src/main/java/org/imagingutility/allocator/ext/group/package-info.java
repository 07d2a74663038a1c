/** Groups of blocks: their bitmaps, and sets of blocks. */
package org.imagingutility.allocator.ext.group;
