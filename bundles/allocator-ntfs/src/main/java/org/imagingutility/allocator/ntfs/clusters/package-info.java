/** Which clusters are in use: by the bitmap, by the layout, and by the records themselves where the bitmap may be behind. */
package org.imagingutility.allocator.ntfs.clusters;
