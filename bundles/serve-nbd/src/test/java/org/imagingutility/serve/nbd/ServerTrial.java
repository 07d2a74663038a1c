package org.imagingutility.serve.nbd;

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
        folder = Files.createTempDirectory("nbd");
        socket = folder.resolve("s");
        server = new NbdServer().start(new ServeSettings(new Endpoint.UnixSocket(socket.toString()), Optional.empty(), CONNECTIONS),
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

    @Override
    public void close() throws ImagingException, java.io.IOException {
        device.slow.countDown();
        written.slow.countDown();
        server.close();
        Files.deleteIfExists(folder);
    }
}
