package org.imagingutility.command.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.TlsFiles;
import org.imagingutility.command.options.ValidRequest;
import picocli.CommandLine.Option;

/** Where a server listens, and for whom: nobody but this machine's users, unless more is asked for. */
final class EndpointOptions {
    private static final String LOOPBACK = "127.0.0.1";
    /** Registered for NBD. */
    private static final int NBD_PORT = 10809;

    @Option(names = "--socket", order = 20, paramLabel = "FILE",
            description = "Listen on a Unix domain socket, which is made for it and goes with it. Its owner alone may use it.")
    private String socket;

    @Option(names = "--port", order = 21, paramLabel = "N",
            description = "Listen on that TCP port, 0 for any that is free. Default without --socket: " + NBD_PORT + ".")
    private Integer port;

    @Option(names = "--listen", order = 22, paramLabel = "ADDRESS",
            description = "Address to listen on. Default: " + LOOPBACK + ", for programs on this machine. Any other wants --tls.")
    private String address;

    @Option(names = "--tls", order = 23, paramLabel = "FOLDER",
            description = "Demand TLS. The folder holds server-cert.pem, server-key.pem and ca-cert.pem, which must have signed the "
                    + "certificates of clients.")
    private String tls;

    @Option(names = "--open-to-network", order = 24,
            description = "Listen on an address of the network without TLS: whoever reaches it reads all that is served.")
    private boolean openToNetwork;

    @Option(names = "--connections", order = 25, paramLabel = "N", defaultValue = "64",
            description = "The most connections at once, 1 to " + ServeSettings.MAX_CONNECTIONS + ". Default: ${DEFAULT-VALUE}.")
    private int connections;

    /** Returns what was asked for. */
    ServeSettings settings() throws UsageException {
        Endpoint endpoint = endpoint();
        return ValidRequest.of(() -> new ServeSettings(endpoint, Optional.ofNullable(tls).map(folder -> new TlsFiles(folder, true)),
                connections));
    }

    private Endpoint endpoint() throws UsageException {
        if (socket != null) {
            if (port != null || address != null || tls != null || openToNetwork) {
                throw new UsageException("--socket goes without --port, --listen, --tls and --open-to-network",
                        "listen on a socket or on a port");
            }
            return new Endpoint.UnixSocket(socket);
        }
        String host = address == null ? LOOPBACK : address;
        if (tls == null && !openToNetwork && !isLoopback(host)) {
            throw new UsageException("whoever reaches " + host + " could read all that is served", "encrypt connections and demand "
                    + "certificates of clients (--tls FOLDER), or say that this is meant (--open-to-network)");
        }
        return ValidRequest.of(() -> new Endpoint.Tcp(host, port == null ? NBD_PORT : port));
    }

    private static boolean isLoopback(String host) throws UsageException {
        try {
            for (InetAddress each : InetAddress.getAllByName(host)) {
                if (!each.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            throw new UsageException("there is no address of \"" + host + "\"", "name an address of this machine");
        }
    }
}
