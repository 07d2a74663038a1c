package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.imagingutility.api.file.FileRights;

/**
 * A job service that jobs belong to while they are live, seen by other processes as a locked file: the lock ends with the
 * process, however that ends. POSIX lets a process lose its lock when it closes any other handle of the file, so the files
 * of this process are never opened a second time: their names stand among the system properties, which all copies of this
 * class see, as there are when the engine is updated.
 */
final class Owner implements AutoCloseable {
    private static final String SUFFIX = ".owner";
    private static final String HELD = "imaging.jobs.owner.";

    private final String name;
    private final Path file;
    private final FileChannel channel;

    private Owner(String name, Path file, FileChannel channel) {
        this.name = name;
        this.file = file;
        this.channel = channel;
    }

    /** Makes a new one; only with the lock of the folder, lest {@link #clean} takes its file before it is locked. */
    static Owner in(Path folder) throws IOException {
        String name = UUID.randomUUID().toString();
        Path file = folder.resolve(name + SUFFIX);
        System.setProperty(HELD + name, "");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                    StandardOpenOption.WRITE), FileRights.PRIVATE.ofFile(file));
            if (channel.tryLock() == null) {
                throw new IOException("\"" + file + "\" is new and locked");
            }
            return new Owner(name, file, channel);
        } catch (IOException | RuntimeException | Error e) {
            System.clearProperty(HELD + name);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Says whether the owner of that name is alive, in this process or another. */
    static boolean lives(Path folder, String name) {
        if (System.getProperty(HELD + name) != null) {
            return true;
        }
        if (!isName(name)) {
            return false;
        }
        // a constant, so one monitor for all copies of this class: two looks of one process would be in each other's way
        synchronized (HELD) {
            return isLocked(folder.resolve(name + SUFFIX));
        }
    }

    private static boolean isLocked(Path file) {
        // shared, so that two processes that look at once do not take each other for the owner
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | OverlappingFileLockException e) {
            // not known: what may be alive is left alone
            return true;
        }
    }

    /** Removes the files of owners that are gone. Only with the lock of the folder. */
    static void clean(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String found = file.getFileName().toString();
                String owner = found.substring(0, found.length() - SUFFIX.length());
                if (isName(owner) && !lives(folder, owner)) {
                    ControlSocket.remove(folder, owner);
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isName(String name) {
        try {
            return UUID.fromString(name).toString().equals(name);
        } catch (IllegalArgumentException e) {
            // not one of ours, so no owner that could live
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } finally {
            System.clearProperty(HELD + name);
        }
    }
}
