package org.imagingutility.command.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.Login;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.TlsFiles;
import org.imagingutility.command.options.ValidRequest;
import picocli.CommandLine.Option;

/** Where a server listens, and for whom: nobody but this machine's users, unless more is asked for. */
final class EndpointOptions {
    private static final String LOOPBACK = "127.0.0.1";
    /** Registered for NBD. */
    private static final int NBD_PORT = 10809;
    /** Registered for HTTP beside that of the system's own server. */
    private static final int HTTP_PORT = 8080;

    @Option(names = "--socket", order = 20, paramLabel = "FILE",
            description = "nbd: Listen on a Unix domain socket, which is made for it and goes with it. Its owner alone may use it.")
    private String socket;

    @Option(names = "--port", order = 21, paramLabel = "N",
            description = "Listen on that TCP port, 0 for any that is free. Default without --socket: " + NBD_PORT + ", of webdav "
                    + HTTP_PORT + ".")
    private Integer port;

    @Option(names = "--listen", order = 22, paramLabel = "ADDRESS",
            description = "Address to listen on. Default: " + LOOPBACK + ", for programs on this machine. Any other wants --tls.")
    private String address;

    @Option(names = "--tls", order = 23, paramLabel = "DIR",
            description = "Demand TLS. The folder holds server-cert.pem, server-key.pem and ca-cert.pem, which must have signed the "
                    + "certificates of clients; with --user these need none.")
    private String tls;

    @Option(names = "--open-to-network", order = 24,
            description = "Listen on an address of the network without TLS: whoever reaches it reads all that is served.")
    private boolean openToNetwork;

    @Option(names = "--user", order = 25, paramLabel = "NAME",
            description = "webdav: Demand this user's password: of --password-file, else of IMAGINGUTILITY_PASSWORD in the environment, else asked for.")
    private String user;

    @Option(names = "--password-file", order = 26, paramLabel = "FILE", description = "webdav: The first line of this file is the password.")
    private String passwordFile;

    @Option(names = "--connections", order = 27, paramLabel = "N", defaultValue = "64",
            description = "The most connections at once, 1 to " + ServeSettings.MAX_CONNECTIONS + ". Default: ${DEFAULT-VALUE}.")
    private int connections;

    /**
     * Returns what was asked for.
     *
     * @param files whether files are served, and not block devices
     * @param prompting whether the user can be asked for a password
     */
    ServeSettings settings(boolean files, boolean prompting) throws UsageException {
        if (!files && (user != null || passwordFile != null)) {
            throw new UsageException("--user and --password-file are for webdav", "nbd lets in clients by their certificates: --tls DIR");
        }
        if (files && socket != null) {
            throw new UsageException("--socket is for nbd", "listen on a port: --port N");
        }
        if (passwordFile != null && user == null) {
            throw new UsageException("--password-file goes with --user", null);
        }
        Endpoint endpoint = endpoint(files ? HTTP_PORT : NBD_PORT);
        Optional<Login> login = user == null ? Optional.empty() : Optional.of(login(prompting));
        return ValidRequest.of(() -> new ServeSettings(endpoint, Optional.ofNullable(tls).map(folder -> new TlsFiles(folder, login.isEmpty())),
                login, connections));
    }

    private Login login(boolean prompting) throws UsageException {
        char[] password = Passwords.of(Optional.ofNullable(passwordFile), user, prompting);
        return ValidRequest.of(() -> Login.of(user, password));
    }

    private Endpoint endpoint(int usualPort) throws UsageException {
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
                    + "certificates of clients (--tls DIR) or a password (--tls DIR --user NAME), or say that this is meant (--open-to-network)");
        }
        return ValidRequest.of(() -> new Endpoint.Tcp(host, port == null ? usualPort : port));
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
