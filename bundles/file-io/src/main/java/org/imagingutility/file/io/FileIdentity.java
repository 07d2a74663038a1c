package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.file.io.system.OperatingSystem;
import org.imagingutility.file.io.windows.FileKeys;

/**
 * Tells whether a name still leads to the same file. Java cannot ask an open file which one it is; {@link Handle} can, on Linux.
 *
 * @param key file system and number of the file: device and inode, on Windows the volume's serial number and the file's index;
 *         null where the operating system does not tell (Windows without JNA)
 * @param created when it was made; null where there is a key, which says all. Windows gives a file that takes the name of another
 *         within 15 seconds the time of that one, so without a key the two cannot be told apart
 */
public record FileIdentity(Object key, FileTime created) {

    /** Returns the identity of what stands under {@code path} now. A symbolic link is one itself. */
    public static FileIdentity of(Path path) throws IOException {
        return at(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the identity of what {@code path} leads to now, through symbolic links. */
    public static FileIdentity ofFollowed(Path path) throws IOException {
        return at(path);
    }

    /** Returns the identity of what stands under {@code path} now; {@code options} say whether a symbolic link is followed. */
    static FileIdentity at(Path path, LinkOption... options) throws IOException {
        if (OperatingSystem.isWindows()) {
            Optional<Object> key = FileKeys.of(path, options);
            if (key.isPresent()) {
                return new FileIdentity(key.get(), null);
            }
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
        return attributes.fileKey() != null ? new FileIdentity(attributes.fileKey(), null)
                : new FileIdentity(null, attributes.creationTime());
    }

    // spelled out, because Java makes those of a record when they are first called, which takes longer than the start of a job otherwise

    @Override
    public boolean equals(Object other) {
        return other instanceof FileIdentity identity && Objects.equals(key, identity.key) && Objects.equals(created, identity.created);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(key) ^ Objects.hashCode(created);
    }

    /** Returns the same text for the same file, also in another process. */
    public String text() {
        return key != null ? key.toString() : created.toString();
    }
}
