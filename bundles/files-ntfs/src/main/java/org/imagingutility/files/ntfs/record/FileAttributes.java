package org.imagingutility.files.ntfs.record;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.imagingutility.api.files.FileFlag;

/** Flags of files ({@code FILE_ATTR_…} in {@code layout.h} of ntfs-3g). */
public final class FileAttributes {
    /** The file belongs to the operating system. */
    public static final int SYSTEM = 0x4;
    /** The file has a reparse point. */
    public static final int REPARSE_POINT = 0x400;
    /** In keys of directories only: it is a directory. */
    public static final int DIRECTORY = 0x1000_0000;

    private static final Map<Integer, FileFlag> FLAGS = Map.of(0x1, FileFlag.READ_ONLY, 0x2, FileFlag.HIDDEN, SYSTEM, FileFlag.SYSTEM,
            0x20, FileFlag.ARCHIVE, 0x200, FileFlag.SPARSE, REPARSE_POINT, FileFlag.REPARSE_POINT, 0x800, FileFlag.COMPRESSED,
            0x1000, FileFlag.OFFLINE, 0x4000, FileFlag.ENCRYPTED);

    private FileAttributes() {
    }

    /** Returns what is set in {@code value} of what the API has a word for. */
    public static Set<FileFlag> of(int value) {
        Set<FileFlag> found = EnumSet.noneOf(FileFlag.class);
        FLAGS.forEach((bit, flag) -> {
            if ((value & bit) != 0) {
                found.add(flag);
            }
        });
        return found;
    }
}
