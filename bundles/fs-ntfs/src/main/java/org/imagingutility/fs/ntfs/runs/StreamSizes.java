package org.imagingutility.fs.ntfs.runs;

import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.fs.ntfs.structure.Attribute;

/** Checks the sizes that the first piece of an attribute gives against one another and against its clusters. */
public final class StreamSizes {
    private StreamSizes() {
    }

    /**
     * Checks that the value is stored as it is, and that its sizes fit its clusters.
     *
     * @param clusteredLength bytes of the clusters of all pieces
     * @param what names the data for messages
     */
    public static void check(Attribute.NonResident first, long clusteredLength, String what) throws FileSystemException {
        if (first.flags() != 0) {
            throw first.place().wrong(Attribute.FLAGS_AT, String.format(
                    "%s is compressed, encrypted or sparse (flags 0x%04X)", what, first.flags()));
        }
        if (first.allocatedSize() != clusteredLength) {
            throw first.place().wrong(Attribute.ALLOCATED_SIZE_AT, what + " says it has " + first.allocatedSize()
                    + " bytes allocated, its runs have " + clusteredLength);
        }
        if (first.dataSize() < 0 || first.dataSize() > first.allocatedSize()) {
            throw first.place().wrong(Attribute.DATA_SIZE_AT, what + " has " + first.dataSize() + " bytes, of "
                    + first.allocatedSize() + " bytes allocated");
        }
        if (first.initialisedSize() < 0 || first.initialisedSize() > first.dataSize()) {
            throw first.place().wrong(Attribute.INITIALISED_SIZE_AT, what + " has " + first.initialisedSize()
                    + " bytes initialised, of " + first.dataSize());
        }
    }
}
