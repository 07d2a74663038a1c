package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;

/** A Unix domain socket that listens, and its file, which goes with it. */
final class SocketFile {
    private final Path file;
    private final ServerSocketChannel channel;
    private final Object key;

    private SocketFile(Path file, ServerSocketChannel channel, Object key) {
        this.file = file;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Makes it: for its owner alone. A socket file that nobody listens on any more, left by a process that was killed, is replaced.
     *
     * @throws TargetException if something else stands there, or it cannot be made
     */
    static SocketFile listen(String path) throws ImagingException {
        Path file;
        UnixDomainSocketAddress address;
        try {
            file = FilePaths.of(path);
            address = UnixDomainSocketAddress.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + path + "\" cannot be the name of a socket: " + e.getReason(), null);
        }
        try {
            removeStale(path, file, address);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(address);
                if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    refuseEarly(channel);
                }
                return new SocketFile(file, channel, keyOf(file));
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (UnsupportedOperationException e) {
            throw new UsageException("this system has no Unix domain sockets", "use TCP: --port");
        } catch (IOException e) {
            throw new TargetException(path, -1, "no socket can be made there: " + e.getMessage(), null, e);
        }
    }

    private static void removeStale(String path, Path file, UnixDomainSocketAddress address) throws IOException, TargetException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!found.isOther()) {
            throw new TargetException(path, -1, "is there, and is no socket", "choose another name", null);
        }
        try (SocketChannel live = SocketChannel.open(address)) {
            throw new TargetException(path, -1, "is a socket that " + (live.isConnected() ? "somebody listens on" : "is in use"),
                    "end that server, or choose another name", null);
        } catch (ConnectException e) {
            Files.delete(file);
        }
    }

    /** Whoever came before the file had its rights is turned away. */
    private static void refuseEarly(ServerSocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        for (SocketChannel early = channel.accept(); early != null; early = channel.accept()) {
            early.close();
        }
        channel.configureBlocking(true);
    }

    private static Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    ServerSocketChannel channel() {
        return channel;
    }

    Path file() {
        return file;
    }

    /** Stops listening and removes the file, unless another one has taken its name. */
    void close() throws IOException {
        channel.close();
        try {
            if (key == null || key.equals(keyOf(file))) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            // somebody removed it already
        }
    }
}
