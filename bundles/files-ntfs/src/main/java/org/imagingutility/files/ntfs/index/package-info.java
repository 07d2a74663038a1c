/** Directories: the B-trees that names stand in, in order. */
package org.imagingutility.files.ntfs.index;
