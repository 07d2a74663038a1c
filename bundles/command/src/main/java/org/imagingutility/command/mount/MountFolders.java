package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records of what is mounted: a folder for each mount point, below one that is gone after a restart of the system, as mounts are. A
 * record is locked by the process that serves it, so one that can be locked was left by a process that is no more.
 */
final class MountFolders {
    private static final int NAME_BYTES = 8;
    private final Path root;

    /** Creates it for records below {@code root}. */
    MountFolders(Path root) {
        this.root = root;
    }

    /** Something done while nobody else makes, or takes away, records. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** Does something while nobody else makes, or takes away, records. */
    <T> T alone(Action<T> action) throws IOException {
        Files.createDirectories(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (FileChannel file = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (!lock.isValid()) {
                throw new IOException("\"" + root + "\" cannot be locked");
            }
            return action.run();
        }
    }

    /** Returns the record of a mount point, whether it is there or not. */
    Path of(String mountPoint) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(mountPoint.getBytes(StandardCharsets.UTF_8));
            return root.resolve(HexFormat.of().formatHex(digest, 0, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns all records there are. */
    List<Path> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(root)) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Makes the record of a mount point, locked; empty if a process has it. Whatever a dead one left there must be gone. */
    Optional<MountFolder> claim(String mountPoint) throws IOException {
        Path folder = of(mountPoint);
        Files.createDirectories(folder);
        Optional<MountFolder> claimed = lock(folder);
        if (claimed.isPresent()) {
            Files.writeString(folder.resolve(MountFolder.AT), mountPoint);
        }
        return claimed;
    }

    /** Locks a record that is there; empty if a process has it. */
    Optional<MountFolder> lock(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = file.tryLock() != null;
            return locked ? Optional.of(new MountFolder(folder, file)) : Optional.empty();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            // another thread of this process has it: several commands in a shell
            return Optional.empty();
        } finally {
            if (!locked) {
                file.close();
            }
        }
    }
}
