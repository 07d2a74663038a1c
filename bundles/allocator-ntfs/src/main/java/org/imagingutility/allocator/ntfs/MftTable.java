package org.imagingutility.allocator.ntfs;

/**
 * Where the master file table is. Immutable.
 *
 * @param stream its bytes
 * @param recordSize bytes of one record
 * @param recordCount number of records, in use or not; all of them are in the stream
 */
record MftTable(DataStream stream, int recordSize, long recordCount) {

    /** Returns where record {@code number} begins in the stream, a byte position. */
    long position(long number) {
        return number * recordSize;
    }
}
