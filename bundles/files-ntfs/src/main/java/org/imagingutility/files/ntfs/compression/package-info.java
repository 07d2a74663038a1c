/**
 * Expands what NTFS stores compressed: LZNT1 for files with the attribute "compressed", XPRESS with Huffman codes and LZX for files
 * that Windows compressed from the outside ({@code compact /exe}, CompactOS). Arrays in, arrays out; nothing here reads a volume.
 */
package org.imagingutility.files.ntfs.compression;
