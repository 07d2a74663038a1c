/**
 * Reads the files of NTFS volumes.
 *
 * <p>The way to a file: a directory ({@code index}) has its name and a reference to its record; the record ({@code record}) has all that is
 * known of it, if need be with further records; its data ({@code content}) stands there or in clusters, as it is or compressed
 * ({@code compression}). A reparse point ({@code reparse}) makes it a link, or says how else its content is kept.
 *
 * <p>Structures and words are those of the library {@code org.imagingutility.fs.ntfs}. What contradicts itself is refused with its byte:
 * a reference to a record that was used again, a directory that stands in another one than it is listed in, names that do not rise.
 */
package org.imagingutility.files.ntfs;
