package org.imagingutility.api.file;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The rights that new files and folders are made with. An image holds all that a device holds, which only its owner may read;
 * so files are 0600 and folders 0700 unless the user asks for more. As always on POSIX systems, the process's umask takes rights
 * away from what is asked for. On Windows a new file inherits the access list of its folder, and nothing is set here.
 *
 * @param file rights of a file
 */
public record FileRights(Set<PosixFilePermission> file) {
    /** System property with the rights of new files, octal ({@code 0640}). */
    public static final String PROPERTY = "imaging.files.mode";
    /** Environment variable with the same, where the property is not set. */
    public static final String VARIABLE = "IMAGINGUTILITY_FILES_MODE";
    /** System property with the same, where neither is set: what the program's settings have. */
    public static final String SETTING = "imaging.setting.files.mode";
    /** Read and write for the owner, nothing for others. */
    public static final FileRights PRIVATE = new FileRights(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    /** The text of {@link #PRIVATE}. */
    public static final String DEFAULT = "0600";
    private static final FileAttribute<?>[] NONE = {};
    private static final int BITS_OF_ONE = 3;

    /** Keeps a copy. */
    public FileRights {
        file = Set.copyOf(file);
    }

    /** Returns what the user asked for; what cannot be understood is no wish, and the rights are {@link #PRIVATE} then. */
    public static FileRights asked() {
        return parse(text()).orElse(PRIVATE);
    }

    /** Returns what the user asked for in a way that cannot be understood; empty if there is no such thing. */
    public static Optional<String> notUnderstood() {
        return parse(text()).isPresent() ? Optional.empty() : Optional.of(text());
    }

    private static String text() {
        for (String text : new String[] {System.getProperty(PROPERTY), System.getenv(VARIABLE), System.getProperty(SETTING)}) {
            if (text != null && !text.isBlank()) {
                return text.strip();
            }
        }
        return DEFAULT;
    }

    /**
     * Returns the rights that {@code text} stands for: three octal digits, with or without a zero before them. The owner may
     * read and write, and nobody executes an image: each digit is even, and the first is 6.
     *
     * @return empty if it stands for none
     */
    public static Optional<FileRights> parse(String text) {
        String digits = text.length() == BITS_OF_ONE + 1 && text.charAt(0) == '0' ? text.substring(1) : text;
        if (digits.length() != BITS_OF_ONE || digits.charAt(0) != '6') {
            return Optional.empty();
        }
        StringBuilder symbols = new StringBuilder();
        for (int i = 0; i < BITS_OF_ONE; i++) {
            int bits = digits.charAt(i) - '0';
            if (bits < 0 || bits > 6 || bits % 2 != 0) {
                return Optional.empty();
            }
            symbols.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-').append('-');
        }
        return Optional.of(new FileRights(PosixFilePermissions.fromString(symbols.toString())));
    }

    /** Returns what {@code path} is to be made with as a file: the last argument of {@code FileChannel.open} and others. */
    public FileAttribute<?>[] ofFile(Path path) {
        return attributes(path, file);
    }

    /** Returns what {@code path} is to be made with as a folder: who may read files may look for them. */
    public FileAttribute<?>[] ofFolder(Path path) {
        return attributes(path, folder());
    }

    /** Returns the rights of a folder. */
    public Set<PosixFilePermission> folder() {
        Set<PosixFilePermission> folder = EnumSet.noneOf(PosixFilePermission.class);
        folder.addAll(file);
        if (file.contains(PosixFilePermission.OWNER_READ)) {
            folder.add(PosixFilePermission.OWNER_EXECUTE);
        }
        if (file.contains(PosixFilePermission.GROUP_READ)) {
            folder.add(PosixFilePermission.GROUP_EXECUTE);
        }
        if (file.contains(PosixFilePermission.OTHERS_READ)) {
            folder.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return folder;
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)} : NONE;
    }
}
