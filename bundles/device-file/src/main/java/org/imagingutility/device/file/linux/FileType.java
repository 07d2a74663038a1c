package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What stands under a path; found out without opening it, since opening a pipe may wait for ever. */
public enum FileType {
    REGULAR("a regular file"),
    DIRECTORY("a directory"),
    BLOCK_DEVICE("a block device"),
    OTHER("a pipe, socket or character device");

    /** Of {@code st_mode}, see inode(7). */
    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_BLOCK_DEVICE = 0060000;

    private final String words;

    FileType(String words) {
        this.words = words;
    }

    /** Returns the type of what {@code path} names; symbolic links are followed. */
    public static FileType of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            return REGULAR;
        }
        if (attributes.isDirectory()) {
            return DIRECTORY;
        }
        return isBlockDevice(path) ? BLOCK_DEVICE : OTHER;
    }

    private static boolean isBlockDevice(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == TYPE_BLOCK_DEVICE;
    }

    @Override
    public String toString() {
        return words;
    }
}
