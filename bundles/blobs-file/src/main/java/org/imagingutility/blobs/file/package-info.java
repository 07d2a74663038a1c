/**
 * Objects as files below a folder: the parts of a key are the names of folders and of the file.
 *
 * <p>A put writes {@code .N.put} into the folder of the object, where <i>N</i> is random, forces it, gives it its name by a hard link, which
 * fails if the name is taken, takes the first name away and forces the folder. Where there are no hard links (FAT, some shares) the name is
 * reserved by an empty file that the written one replaces; so a file without a byte is a put that has not ended, or never will: it is no
 * object, and who puts the same one replaces it when it is a minute old. Folders are made as they are needed, and each is forced in the one above it. A name that begins
 * with a dot is never an object's.
 */
package org.imagingutility.blobs.file;
