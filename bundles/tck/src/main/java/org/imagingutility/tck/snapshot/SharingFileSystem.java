package org.imagingutility.tck.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.imagingutility.tck.Tools;

/** A file system that shares blocks between files (btrfs), mounted for a test by root on Linux. Not safe for threads. */
public final class SharingFileSystem implements AutoCloseable {
    private static final long LENGTH = 200L << 20;

    private final Path folder;

    private SharingFileSystem(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes and mounts one.
     *
     * @param temporary an empty folder for it
     * @param skip takes the reason why it cannot be had here and throws what makes the test framework skip the test
     */
    public static SharingFileSystem mount(Path temporary, Consumer<String> skip) throws IOException {
        Tools.require(skip, "mkfs.btrfs", "mount", "umount", "cp");
        Tools.require(skip, "root".equals(System.getProperty("user.name")), "only root can mount a file system");
        Path image = temporary.resolve("btrfs.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(LENGTH);
        }
        Tools.run("mkfs.btrfs", "-q", image.toString());
        Path folder = Files.createDirectory(temporary.resolve("mounted"));
        try {
            Tools.run("mount", "-o", "loop", image.toString(), folder.toString());
        } catch (IOException e) {
            Tools.require(skip, false, "btrfs cannot be mounted: " + e.getMessage());
        }
        return new SharingFileSystem(folder);
    }

    /** Returns where it is mounted. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        Tools.run("umount", folder.toString());
    }
}
