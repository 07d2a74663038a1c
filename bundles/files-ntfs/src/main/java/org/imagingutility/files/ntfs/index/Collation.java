package org.imagingutility.files.ntfs.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.content.StoredContent;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.files.ntfs.record.FileRecords;
import org.imagingutility.fs.ntfs.structure.Attribute;

/**
 * The order of names on a volume: by the capital letters of their characters, which {@code $UpCase} has, and where these are the same
 * by the characters themselves ({@code COLLATION_FILE_NAME} in {@code layout.h} of ntfs-3g). Immutable.
 */
public final class Collation {
    private static final long RECORD = 10;
    private static final int CHARACTERS = 1 << 16;

    private final char[] capitals;

    private Collation(char[] capitals) {
        this.capitals = capitals;
    }

    /** Reads the order of a volume; that of Java if its table cannot be read. */
    public static Collation of(FileRecords records, Contents contents) throws ImagingException {
        char[] capitals = new char[CHARACTERS];
        for (int i = 0; i < CHARACTERS; i++) {
            capitals[i] = Character.toUpperCase((char) i);
        }
        try {
            FileRecord file = records.at(RECORD);
            Attribute data = file.find(Attribute.DATA, "").orElseThrow(() -> file.base().wrong("has no data"));
            StoredContent table = contents.open(file, data);
            if (table.length() == (long) CHARACTERS * Character.BYTES) {
                ByteBuffer bytes = ByteBuffer.allocate((int) table.length()).order(ByteOrder.LITTLE_ENDIAN);
                table.read(0, bytes);
                bytes.flip().asCharBuffer().get(capitals);
            }
        } catch (FileSystemException | DeviceException unreadable) {
            // the table is the same on all volumes but for a few characters
            return new Collation(capitals);
        }
        return new Collation(capitals);
    }

    /** Compares two names as if all their letters were capitals. */
    public int compareFolded(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            int difference = capitals[one.charAt(i)] - capitals[other.charAt(i)];
            if (difference != 0) {
                return difference;
            }
        }
        return one.length() - other.length();
    }

    /** Compares two names. */
    public int compare(String one, String other) {
        int folded = compareFolded(one, other);
        return folded != 0 ? folded : one.compareTo(other);
    }
}
