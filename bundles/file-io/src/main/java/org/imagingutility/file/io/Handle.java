package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.imagingutility.file.io.system.OperatingSystem;

/**
 * An open file, and a path that leads to it whatever happens to its names: on Linux its entry in {@code /proc/self/fd}
 * (proc(5)), by which it can be looked at and opened again. Where there is no such folder the path is the name that the file was
 * opened by, and {@link #leadsThere} says whether it still does.
 *
 * @param path leads to the file while its channel is open
 * @param identity which file it is
 */
public record Handle(Path path, FileIdentity identity) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path DETAILS = Path.of("/proc/self/fdinfo");
    private static final String POSITION = "pos:";
    private static final String REMOVED = " (deleted)";
    /** The largest offset that every file system can seek to. */
    private static final long LARGEST_POSITION = Integer.MAX_VALUE;

    /**
     * Returns the handle of an open file. The channel's own position is set to 0.
     *
     * @param name the name it was opened by
     * @param options whether a symbolic link under that name is followed
     * @return empty if the name leads to another file by now, or to none
     */
    public static Optional<Handle> of(FileChannel channel, Path name, LinkOption... options) throws IOException {
        FileIdentity named;
        try {
            named = FileIdentity.at(name, options);
        } catch (NoSuchFileException e) {
            // the name was taken away since
            return Optional.empty();
        }
        if (!hasDescriptors()) {
            return Optional.of(new Handle(name, named));
        }
        return find(channel, named).map(path -> new Handle(path, named));
    }

    /** A folder of that name on another system tells nothing. */
    private static boolean hasDescriptors() {
        return OperatingSystem.isLinux() && Files.isDirectory(DESCRIPTORS);
    }

    /** Says whether {@code channel} is open on the file of this handle. Its own position is set to 0. */
    public boolean isOf(FileChannel channel) throws IOException {
        return hasDescriptors() ? find(channel, identity).isPresent() : leadsThere();
    }

    /** Says whether the path leads to the file; it does not when the channel was closed. */
    public boolean leadsThere() throws IOException {
        return isNamed(path);
    }

    /** Says whether {@code name}, followed if it is a symbolic link, leads to the file. */
    public boolean isNamed(Path name, LinkOption... options) throws IOException {
        try {
            return identity.equals(FileIdentity.at(name, options));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Returns the name that the file has now; empty if it has none, or it is not known. */
    public Optional<Path> nameNow() {
        try {
            Path name = path.startsWith(DESCRIPTORS) ? Files.readSymbolicLink(path) : path;
            return name.toString().endsWith(REMOVED) || !isNamed(name) ? Optional.empty() : Optional.of(name);
        } catch (IOException e) {
            // who asks has an error to tell already; without the name it is told less exactly
            return Optional.empty();
        }
    }

    /**
     * Finds the descriptor of a channel, which Java does not tell: the one that leads to the file and whose position is where the
     * channel is sent to.
     */
    private static Optional<Path> find(FileChannel channel, FileIdentity identity) throws IOException {
        long position = goToAnyPlace(channel);
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, identity) && isAt(descriptor, position)) {
                    return Optional.of(descriptor);
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } finally {
            channel.position(0);
        }
    }

    private static long goToAnyPlace(FileChannel channel) throws IOException {
        try {
            return channel.position(ThreadLocalRandom.current().nextLong(1, LARGEST_POSITION)).position();
        } catch (IOException e) {
            // a block device has no place behind its end
            long length = Math.min(channel.size(), LARGEST_POSITION);
            return length > 1 ? channel.position(ThreadLocalRandom.current().nextLong(1, length)).position() : 0;
        }
    }

    private static boolean leadsTo(Path descriptor, FileIdentity identity) {
        try {
            return identity.equals(FileIdentity.ofFollowed(descriptor));
        } catch (IOException e) {
            // another thread's, closed since, or a pipe or socket that cannot be looked at
            return false;
        }
    }

    /**
     * Says whether the descriptor's details begin with the position, {@code pos:	NUMBER}. A kernel that does not tell it (as some
     * that Linux is played by) leaves it at the file: one that the process has open.
     */
    private static boolean isAt(Path descriptor, long position) throws IOException {
        String details;
        try {
            details = Files.readString(DETAILS.resolve(descriptor.getFileName()), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            // closed since
            return false;
        }
        int end = details.indexOf('\n');
        return !details.startsWith(POSITION) || end < 0
                || details.substring(POSITION.length(), end).strip().equals(Long.toString(position));
    }
}
