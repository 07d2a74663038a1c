package org.imagingutility.blobs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.file.io.Directories;

/** Puts objects: temporary name, force, name, force of the folder. Used by several threads at once. */
final class FolderPut {
    private static final int NAME_BYTES = 8;
    /** Far longer than a file takes to be renamed. */
    private static final long RESERVATION_MILLIS = 60_000;

    /** Somebody else is putting the same object just now. */
    static final class ReservedException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        ReservedException(Path file) {
            super(file.toString(), null, "another program is storing this object, or was stopped a moment ago while it did");
        }
    }

    private final Path root;
    private final SecureRandom random = new SecureRandom();
    /** Folders that are known to be on stable storage. */
    private final Set<Path> forced = ConcurrentHashMap.newKeySet();

    FolderPut(Path root) {
        this.root = root;
    }

    /** Says whether something was put. */
    boolean used() {
        return !forced.isEmpty();
    }

    void put(Path file, ByteBuffer content) throws IOException {
        Path folder = file.getParent();
        makeFolders(folder);
        if (Files.exists(file) && Files.size(file) > 0) {
            throw new FileAlreadyExistsException(file.toString());
        }
        byte[] number = new byte[NAME_BYTES];
        random.nextBytes(number);
        Path written = folder.resolve("." + HexFormat.of().formatHex(number) + ".put");
        try {
            try (FileChannel channel = FileChannel.open(written, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    FileRights.asked().ofFile(written))) {
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            name(written, file);
        } catch (IOException | RuntimeException | Error e) {
            remove(written, e);
            throw e;
        }
        Directories.force(folder);
    }

    private static void name(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
            Files.delete(written);
            return;
        } catch (FileAlreadyExistsException e) {
            requireLeftReservation(written, file, e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (!Files.exists(written)) {
                throw e;
            }
            reserve(written, file);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void reserve(Path written, Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            requireLeftReservation(written, file, e);
        }
    }

    /** Returns if {@code file} is a name that a put reserved which was killed. Both times are of the clock of the file system. */
    private static void requireLeftReservation(Path written, Path file, FileAlreadyExistsException taken) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > 0) {
            throw taken;
        }
        long age = Files.getLastModifiedTime(written).toMillis() - Files.getLastModifiedTime(file).toMillis();
        if (age < RESERVATION_MILLIS) {
            throw new ReservedException(file);
        }
    }

    /** Makes a folder and those above it, each forced in the one above it. */
    private void makeFolders(Path folder) throws IOException {
        if (forced.contains(folder)) {
            if (Files.isDirectory(folder)) {
                return;
            }
            throw new NoSuchFileException(folder.toString());
        }
        Path above = folder.getParent();
        if (!folder.equals(root) && above != null) {
            makeFolders(above);
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (above != null) {
            Directories.force(above);
        }
        forced.add(folder);
    }

    private static void remove(Path written, Throwable failure) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
