/** The master file table: its records one by one and in one pass, its bitmap, and the files the file system keeps for itself. */
package org.imagingutility.allocator.ntfs.mft;
