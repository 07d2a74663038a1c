/** Which files lie in given ranges of the volume. */
package org.imagingutility.allocator.ntfs.files;
