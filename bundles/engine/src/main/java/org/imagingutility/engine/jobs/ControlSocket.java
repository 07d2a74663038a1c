package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where other processes of the same user reach the jobs of an {@link Owner}: a Unix domain socket beside its file, for its user
 * alone. A request is one line of JSON ({@link ControlRequest}), so is the answer ({@link ControlReply}); then the connection is
 * closed. One thread serves one connection after the other, none for longer than {@link #PATIENCE}.
 */
final class ControlSocket implements AutoCloseable {
    static final String SUFFIX = ".sock";
    /** Holds the name of the socket where that is too long to be one. */
    static final String ELSEWHERE = ".sock-at";
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** {@code sun_path} of unix(7) has 108 bytes, and 104 on other systems. */
    private static final int LONGEST_NAME = 100;
    private static final long BREATH_MILLIS = 100;
    /** Windows has them since Windows 10 1803 and Windows Server 2019. */
    private static final String NO_SOCKETS = "this system has no Unix domain sockets";
    private static final Logger LOG = System.getLogger(ControlSocket.class.getPackageName());

    private final RecordJson json = new RecordJson();
    private final Function<ControlRequest, ControlReply> answers;
    private final ServerSocketChannel server;
    private final Path socket;
    /** The file that names the socket; null if it stands where it is looked for. */
    private final Path sign;
    private final UserPrincipal user;

    private ControlSocket(ServerSocketChannel server, Path socket, Path sign, Function<ControlRequest, ControlReply> answers)
            throws IOException {
        this.server = server;
        this.socket = socket;
        this.sign = sign;
        this.answers = answers;
        this.user = Files.getOwner(socket);
    }

    /** Opens the socket of owner {@code name} and begins to answer. */
    static ControlSocket open(Path folder, String name, Function<ControlRequest, ControlReply> answers) throws IOException {
        Path socket = folder.resolve(name + SUFFIX);
        Path sign = null;
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            sign = folder.resolve(name + ELSEWHERE);
            // a new folder for its user alone
            socket = Files.createTempDirectory("imaging-jobs").resolve("control" + SUFFIX);
        }
        ServerSocketChannel server;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            throw new IOException(NO_SOCKETS, e);
        }
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            if (Files.getFileAttributeView(socket, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
            if (sign != null) {
                Files.writeString(sign, socket.toString());
            }
            ControlSocket opened = new ControlSocket(server, socket, sign, answers);
            Thread thread = new Thread(opened::serve, "job-control");
            thread.setDaemon(true);
            thread.start();
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            remove(folder, name);
            throw e;
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (ControlLine line = new ControlLine(accept(), PATIENCE)) {
                line.write(json.writeLine(answer(line.read())));
            } catch (ClosedChannelException e) {
                LOG.log(Level.TRACE, "a control connection, or all of them, ended", e);
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // the jobs go on, and with less of them there may be memory for the next connection
                LOG.log(Level.DEBUG, "a control connection failed", e);
                breathe();
            }
        }
    }

    /** Waits for a connection of the same user. */
    private SocketChannel accept() throws IOException {
        SocketChannel peer = server.accept();
        if (PeerUser.of(peer).map(user::equals).orElse(true)) {
            return peer;
        }
        peer.close();
        throw new IOException("a connection of user " + PeerUser.of(peer) + " was refused");
    }

    private ControlReply answer(byte[] line) {
        try {
            return answers.apply(json.read(line, ControlRequest.class));
        } catch (IOException e) {
            return ControlReply.refused("the request is not understood: " + e.getMessage(), java.util.Optional.empty());
        }
    }

    /** What fails at once each time, as with no file handle left, is not tried again without a pause. */
    private static void breathe() {
        try {
            Thread.sleep(BREATH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks the owner of that name.
     *
     * @throws IOException if it cannot be reached, or its answer is none
     */
    static ControlReply ask(Path folder, String name, ControlRequest request) throws IOException {
        RecordJson json = new RecordJson();
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(address(folder, name)));
        } catch (UnsupportedOperationException e) {
            throw new IOException(NO_SOCKETS, e);
        }
        try (ControlLine line = new ControlLine(channel, PATIENCE)) {
            line.write(json.writeLine(request));
            return json.read(line.read(), ControlReply.class);
        }
    }

    private static Path address(Path folder, String name) throws IOException {
        Path sign = folder.resolve(name + ELSEWHERE);
        try {
            if (Files.size(sign) <= LONGEST_NAME) {
                return Path.of(Files.readString(sign));
            }
        } catch (NoSuchFileException e) {
            // it stands beside
        }
        return folder.resolve(name + SUFFIX);
    }

    /** Removes what the owner of that name, which is gone, has left. */
    static void remove(Path folder, String name) throws IOException {
        Path socket = address(folder, name);
        Files.deleteIfExists(socket);
        if (Files.deleteIfExists(folder.resolve(name + ELSEWHERE))) {
            Files.deleteIfExists(socket.getParent());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        if (sign != null) {
            Files.deleteIfExists(sign);
            Files.deleteIfExists(socket.getParent());
        }
    }
}
