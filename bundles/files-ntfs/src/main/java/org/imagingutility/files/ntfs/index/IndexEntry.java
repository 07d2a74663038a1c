package org.imagingutility.files.ntfs.index;

import org.imagingutility.files.ntfs.record.NameValue;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * An entry of a directory.
 *
 * @param reference reference to the record of the file
 * @param key the name, and what the directory knows of the file
 * @param place where it stands
 */
public record IndexEntry(long reference, NameValue key, Place place) {
}
