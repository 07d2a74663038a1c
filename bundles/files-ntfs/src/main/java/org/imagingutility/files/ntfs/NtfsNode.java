package org.imagingutility.files.ntfs;

import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * A name in a directory.
 *
 * @param reference reference to the record of the file
 * @param kind what it is, by its directory
 * @param parent reference to the directory
 * @param name its name there
 */
record NtfsNode(long reference, FileKind kind, long parent, String name) implements FileNode {

    @Override
    public long id() {
        return MftRecord.numberIn(reference);
    }
}
