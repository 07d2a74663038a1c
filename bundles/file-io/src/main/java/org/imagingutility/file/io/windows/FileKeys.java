package org.imagingutility.file.io.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks Windows which file stands under a name, and how many names it has. File systems of the FAT family number a file by where its directory entry stands,
 * which moves when the file is renamed: there it is the time when the file was made, and the volume.
 */
public final class FileKeys {
    /** FILE_INFO_BY_HANDLE_CLASS, and FILE_ID_INFO: a volume's serial number of 8 bytes, an index of 16. */
    private static final int FILE_ID_INFO = 18;
    private static final int FILE_ID_INFO_BYTES = 24;
    /** BY_HANDLE_FILE_INFORMATION: bytes, and where its fields are. */
    private static final int INFORMATION_BYTES = 52;
    private static final int CREATED = 4;
    private static final int SERIAL = 28;
    private static final int LINKS = 40;
    private static final int INDEX_HIGH = 44;
    private static final int INDEX_LOW = 48;
    private static final int NAME_CHARACTERS = 261;

    /**
     * Which file it is.
     *
     * @param volume serial number of the volume
     * @param high upper half of the index
     * @param low lower half of the index, or the time when the file was made in units of 100 ns
     */
    record Key(long volume, long high, long low) {
        @Override
        public String toString() {
            return "(volume=" + Long.toHexString(volume) + ",file=" + (high == 0 ? "" : Long.toHexString(high) + ":")
                    + Long.toHexString(low) + ")";
        }
    }

    private FileKeys() {
    }

    /**
     * Returns which file stands under {@code path}: two are equal if it is the same one. Empty if Windows cannot be asked.
     *
     * @param options whether a symbolic link is followed
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static Optional<Object> of(Path path, LinkOption... options) throws IOException {
        return asked(path, FileKeys::key, options);
    }

    /**
     * Returns how many names the file under {@code path} has (hard links). Empty if Windows cannot be asked.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static Optional<Integer> names(Path path) throws IOException {
        return asked(path, FileKeys::names, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is asked of an open file. */
    private interface Question<T> {
        T ask(Kernel32 calls, long handle) throws IOException;
    }

    private static <T> Optional<T> asked(Path path, Question<? extends T> question, LinkOption... options) throws IOException {
        Kernel32 calls;
        try {
            calls = Kernel32.load();
        } catch (LinkageError e) {
            System.getLogger(FileKeys.class.getName()).log(System.Logger.Level.DEBUG, "files are told apart by the time they were made", e);
            return Optional.empty();
        }
        boolean follows = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
        long handle = calls.open(path, Kernel32.NO_ACCESS,
                Kernel32.FILE_FLAG_BACKUP_SEMANTICS | (follows ? 0 : Kernel32.FILE_FLAG_OPEN_REPARSE_POINT));
        try {
            return Optional.of(question.ask(calls, handle));
        } finally {
            calls.close(handle);
        }
    }

    private static int names(Kernel32 calls, long handle) throws IOException {
        try (Memory buffer = new Memory(INFORMATION_BYTES)) {
            calls.call("GetFileInformationByHandle", handle, buffer);
            return buffer.getInt(LINKS);
        }
    }

    private static Key key(Kernel32 calls, long handle) throws IOException {
        try (Memory buffer = new Memory(INFORMATION_BYTES)) {
            boolean moves = isFat(calls, handle);
            if (!moves && calls.tried("GetFileInformationByHandleEx", handle, FILE_ID_INFO, buffer, FILE_ID_INFO_BYTES) == 0) {
                return new Key(buffer.getLong(0), buffer.getLong(16), buffer.getLong(8));
            }
            calls.call("GetFileInformationByHandle", handle, buffer);
            long volume = Integer.toUnsignedLong(buffer.getInt(SERIAL));
            long index = (long) buffer.getInt(INDEX_HIGH) << 32 | Integer.toUnsignedLong(buffer.getInt(INDEX_LOW));
            // FILETIME is two numbers of 4 bytes
            long created = (long) buffer.getInt(CREATED + 4) << 32 | Integer.toUnsignedLong(buffer.getInt(CREATED));
            return new Key(volume, 0, moves ? created : index);
        }
    }

    private static boolean isFat(Kernel32 calls, long handle) {
        try (Memory name = new Memory(2L * NAME_CHARACTERS)) {
            name.clear();
            return calls.tried("GetVolumeInformationByHandleW", handle, Pointer.NULL, 0, Pointer.NULL, Pointer.NULL, Pointer.NULL, name,
                    NAME_CHARACTERS) == 0 && isFat(new String(name.getByteArray(0, 2 * NAME_CHARACTERS), StandardCharsets.UTF_16LE));
        }
    }

    /** Says whether a name of a file system, with zeros behind it, is one of FAT, FAT12, FAT16, FAT32 and exFAT. */
    static boolean isFat(String name) {
        return name.toUpperCase(Locale.ROOT).replace("\0", "").matches("(EX)?FAT\\d*");
    }
}
