package org.imagingutility.files.ntfs.content;

import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.structure.Attribute;

/** Opens the values of attributes. For one thread. */
public final class Contents {
    /** The bits of the flags that tell of the way of compression. */
    private static final int COMPRESSION = 0x00FF;

    private final VolumeDevice device;

    /** Creates an object that reads {@code device}. */
    public Contents(VolumeDevice device) {
        this.device = device;
    }

    /** Returns the bytes of a value; of one in pieces by the sizes of the first piece. */
    public static long size(Attribute attribute) {
        return attribute instanceof Attribute.NonResident outside ? Math.max(0, outside.dataSize())
                : ((Attribute.Resident) attribute).value().limit();
    }

    /** Returns the bytes of the clusters that a value takes. */
    public static long allocated(Attribute attribute) {
        return attribute instanceof Attribute.NonResident outside ? Math.max(0, outside.storedSize()) : 0;
    }

    /** Says whether the value is encrypted. */
    public static boolean encrypted(Attribute attribute) {
        return attribute instanceof Attribute.NonResident outside && (outside.flags() & Attribute.ENCRYPTED) != 0;
    }

    /** Says whether the value is compressed in a way that is not known. */
    public static boolean unknownCompression(Attribute attribute) {
        return attribute instanceof Attribute.NonResident outside && (outside.flags() & COMPRESSION) > Attribute.COMPRESSED;
    }

    /**
     * Opens a value.
     *
     * @param file the file that has it
     * @param attribute the attribute, of one in pieces the first piece
     * @throws FileRefusedException if it is encrypted, or compressed in a way that is not known
     */
    public StoredContent open(FileRecord file, Attribute attribute) throws ImagingException {
        if (encrypted(attribute)) {
            throw refused(file, FileRefusedException.Reason.ENCRYPTED, "is encrypted by EFS");
        }
        if (unknownCompression(attribute)) {
            throw refused(file, FileRefusedException.Reason.COMPRESSION_UNKNOWN, String.format(
                    "is compressed in a way that is not known (flags 0x%04X)", ((Attribute.NonResident) attribute).flags()));
        }
        if (attribute instanceof Attribute.NonResident outside) {
            return inClusters(file, outside);
        }
        return new ResidentContent((Attribute.Resident) attribute);
    }

    private StoredContent inClusters(FileRecord file, Attribute.NonResident first) throws ImagingException {
        int clusterSize = file.volume().boot().clusterSize();
        String what = (first.named() ? "stream \"" + first.name() + "\" of " : "") + "record " + file.base().number();
        RunList runs = file.runs(first, what);
        if ((first.flags() & Attribute.COMPRESSED) == 0) {
            return new RunContent(device, clusterSize, first, runs);
        }
        if (first.compressionUnit() == 0 || first.compressionUnit() > 20
                || (long) clusterSize << first.compressionUnit() > CompressedContent.MAX_UNIT) {
            throw first.place().wrong(Attribute.COMPRESSION_UNIT_AT, what + " is compressed in units of 2^" + first.compressionUnit()
                    + " clusters of " + clusterSize + " bytes, expected up to " + CompressedContent.MAX_UNIT + " bytes");
        }
        return new CompressedContent(device, clusterSize, first, runs);
    }

    /** Makes the error that the content of a file cannot be given. */
    public static FileRefusedException refused(FileRecord file, FileRefusedException.Reason reason, String text) {
        return new FileRefusedException(file.base().place().device(), file.shown(), reason, text);
    }
}
