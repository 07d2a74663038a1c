/** The structures of NTFS, parsed from bytes that someone else read: boot sector, records, attributes, names. */
package org.imagingutility.allocator.ntfs.structure;
