package org.imagingutility.api.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The files of one volume, read when they are asked for. It, and all cursors and contents that it gives, belong to one thread at a time;
 * several trees may be open on one volume. Nodes are values: they stay good until the tree is closed, hold nothing open, and may be given to
 * another tree that the same reader opened on the same volume.
 *
 * <p>Methods that read fail with {@link org.imagingutility.api.error.FileSystemException} where the volume contradicts itself, with
 * {@link org.imagingutility.api.error.DeviceException} where it cannot be read, and with {@link IllegalStateException} once the tree is
 * closed. An error says nothing of other files: who called goes on with them.
 */
@ConsumerType
public interface FileTree extends AutoCloseable {

    /** Returns what is known of the file system. */
    FileSystemInfo info();

    /** Returns what can be said of all files of this tree. */
    FileTreeTraits traits();

    /**
     * Returns what users should know of what they see, a sentence each: that the volume was not unmounted in order, for example, or that a
     * journal waits that is not looked at. Known when the tree is opened.
     */
    List<String> warnings();

    /** Returns the root directory. */
    FileNode root();

    /**
     * Begins a pass over a directory, without {@code .} and {@code ..}. The order is that of the volume, the same in each pass.
     *
     * @throws IllegalArgumentException if the node is no directory
     */
    DirectoryCursor list(FileNode directory) throws ImagingException;

    /**
     * Looks for a name in a directory, by the rules of the file system: case counts or does not. Where several names fit, the one that is
     * spelled as asked for, else the first.
     *
     * <p>As it is, it goes through the directory and compares as {@link FileTreeTraits#caseSensitive} says, by Java's rules of case.
     *
     * @param name a name as {@link FileName#text} has it
     * @throws IllegalArgumentException if the node is no directory
     */
    default Optional<DirectoryEntry> find(FileNode directory, String name) throws ImagingException {
        String folded = name.toUpperCase(Locale.ROOT);
        DirectoryEntry similar = null;
        try (DirectoryCursor cursor = list(directory)) {
            while (cursor.next()) {
                String text = cursor.entry().name().text();
                if (text.equals(name)) {
                    return Optional.of(cursor.entry());
                }
                if (similar == null && !traits().caseSensitive() && text.toUpperCase(Locale.ROOT).equals(folded)) {
                    similar = cursor.entry();
                }
            }
        }
        return Optional.ofNullable(similar);
    }

    /** Returns all that is known of a file beside its name and content. */
    FileDetails details(FileNode node) throws ImagingException;

    /** Returns what a file or directory has beside its content, in the order of the volume: alternate streams, extended attributes. */
    List<FileStream> streams(FileNode node) throws ImagingException;

    /**
     * Opens the content of a file.
     *
     * @throws org.imagingutility.api.error.FileRefusedException if the volume does not have it, or not in a form that can be read
     * @throws IllegalArgumentException if the node is no file
     */
    FileContent open(FileNode file) throws ImagingException;

    /**
     * Opens one of the {@link #streams} of a node.
     *
     * @throws org.imagingutility.api.error.FileRefusedException as {@link #open(FileNode)}
     * @throws IllegalArgumentException if the node has no such stream
     */
    FileContent open(FileNode node, FileStream stream) throws ImagingException;

    /**
     * Returns where a link leads. Nothing says that anything is there.
     *
     * @throws IllegalArgumentException if the node is neither a symbolic link nor a junction
     */
    LinkTarget target(FileNode link) throws ImagingException;

    /** Ends the use of the tree. The volume stays open: it is the caller's. May be called twice. */
    @Override
    void close() throws ImagingException;
}
