package org.imagingutility.files.ntfs.record;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/** Finds files by references to their records. Keeps the one that was asked for last: it mostly is asked for again. For one thread. */
public final class FileRecords {
    private final Volume volume;
    private final Mft mft;
    private FileRecord last;

    /** Creates an object that reads records of {@code mft}. */
    public FileRecords(Volume volume, Mft mft) {
        this.volume = volume;
        this.mft = mft;
    }

    /**
     * Returns the file with this reference.
     *
     * @throws org.imagingutility.api.error.FileSystemException if its record is damaged, not in use, or another file's by now
     */
    public FileRecord get(long reference) throws ImagingException {
        if (last != null && last.reference() == reference) {
            return last;
        }
        MftRecord base = mft.readBase(MftRecord.numberIn(reference));
        if (base.sequence() != MftRecord.sequenceIn(reference)) {
            throw base.wrong("has the sequence number " + base.sequence() + ", what refers to it says "
                    + MftRecord.sequenceIn(reference));
        }
        last = FileRecord.read(volume, mft, base);
        return last;
    }

    /** Returns the file in record {@code number}, whatever its sequence number. */
    public FileRecord at(long number) throws ImagingException {
        return FileRecord.read(volume, mft, mft.readBase(number));
    }
}
