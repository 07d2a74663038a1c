/** In what state the volume was left: dirty, hibernated, with a log that was not closed in order, or changed in between. */
package org.imagingutility.allocator.ntfs.state;
