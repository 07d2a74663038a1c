package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The record of one mount, locked by this process. What is done is written down before it is done. */
final class MountFolder implements AutoCloseable {
    /** The file with the mount point. */
    static final String AT = "at";
    private static final String NBD = "nbd";
    private final Path folder;
    private final FileChannel lock;

    MountFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Returns the mount point. */
    Optional<String> mountPoint() throws IOException {
        return text(AT);
    }

    /** Returns the device of the kernel's NBD client, if that was to be used. */
    Optional<String> nbdDevice() throws IOException {
        return text(NBD);
    }

    void nbdDevice(String device) throws IOException {
        Files.writeString(folder.resolve(NBD), device);
    }

    /** Returns the socket that the image is served on; its path is short, as those of sockets must be. */
    Path socket() {
        return folder.resolve("socket");
    }

    /** Returns where FUSE shows the device as a file. */
    Path fuse() {
        return folder.resolve("disk");
    }

    /** Returns the file in {@link #fuse}. */
    Path fuseFile() {
        return fuse().resolve("nbd");
    }

    /** Returns what takes the words of programs that continue. */
    Path log() {
        return folder.resolve("log");
    }

    private Optional<String> text(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** Removes the record, when all it tells of is gone. */
    void remove() throws IOException {
        for (Path each : new Path[] {fuse(), socket(), log(), folder.resolve(NBD), folder.resolve(AT), folder.resolve("lock"), folder}) {
            Files.deleteIfExists(each);
        }
    }

    /** Ends the lock. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
