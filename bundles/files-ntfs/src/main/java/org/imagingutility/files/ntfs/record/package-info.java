/** Records of files: all attributes of a file wherever they stand, its names, times and flags. */
package org.imagingutility.files.ntfs.record;
