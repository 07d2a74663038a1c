package org.imagingutility.serve.nbd;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.TlsFiles;

/** A server of two devices on a socket of its own: {@code read} and {@code written}. */
final class ServerTrial implements AutoCloseable {
    static final int CONNECTIONS = 12;
    final FakeDevice device = new FakeDevice("read", false);
    final FakeDevice written = new FakeDevice("written", true);
    final List<String> log = new CopyOnWriteArrayList<>();
    /** In a folder of its own: the names of sockets are short. */
    private final Path folder;
    final Path socket;
    final RunningServer server;

    ServerTrial() throws Exception {
        this(Optional.empty());
    }

    /** A server on a port of this machine that demands TLS, with the files of that folder. */
    ServerTrial(Path certificates) throws Exception {
        this(Optional.of(new TlsFiles(certificates.toString(), true)));
    }

    private ServerTrial(Optional<TlsFiles> tls) throws Exception {
        folder = Files.createTempDirectory("nbd");
        socket = folder.resolve("s");
        Endpoint endpoint = tls.isPresent() ? new Endpoint.Tcp("127.0.0.1", 0) : new Endpoint.UnixSocket(socket.toString());
        server = new NbdServer().start(new ServeSettings(endpoint, tls, CONNECTIONS),
                List.of(device, written), new ServeEvents() {
                    @Override
                    public void notice(String line) {
                        log.add(line);
                    }

                    @Override
                    public void log(String line) {
                        log.add(line);
                    }
                });
    }

    /** Returns where it listens. */
    URI address() {
        return URI.create(server.addresses().get(0));
    }

    /** Returns the bytes that requests take up now. */
    long taken() {
        return ((Listener) server).budget().taken();
    }

    @Override
    public void close() throws ImagingException, java.io.IOException {
        device.slow.countDown();
        written.slow.countDown();
        server.close();
        Files.deleteIfExists(folder);
    }
}
