package org.imagingutility.fs.ntfs.mft;

import org.imagingutility.fs.ntfs.runs.DataStream;

/**
 * Where the master file table is. Immutable.
 *
 * @param stream its bytes
 * @param recordSize bytes of one record
 * @param recordCount number of records, in use or not; all of them are in the stream
 */
public record MftTable(DataStream stream, int recordSize, long recordCount) {

    /** Returns where record {@code number} begins in the stream, a byte position. */
    public long position(long number) {
        return number * recordSize;
    }
}
