package org.imagingutility.api.serve;

import java.util.Objects;

/** Where a server listens. */
public sealed interface Endpoint permits Endpoint.UnixSocket, Endpoint.Tcp {

    /**
     * A Unix domain socket: for users of this machine that the file's rights let in, which are its owner alone.
     *
     * @param path path of the socket file to make
     */
    record UnixSocket(String path) implements Endpoint {
        /** Checks that there is a path. */
        public UnixSocket {
            if (path.isEmpty()) {
                throw new IllegalArgumentException("the path of the socket is empty");
            }
        }
    }

    /**
     * A TCP port.
     *
     * @param host name or address of the interface; {@code 0.0.0.0} or {@code ::} for all of them
     * @param port 1 to 65535; 0 for any that is free
     */
    record Tcp(String host, int port) implements Endpoint {
        private static final int MAX_PORT = 65_535;

        /** Checks the values. */
        public Tcp {
            Objects.requireNonNull(host, "host");
            if (host.isEmpty() || port < 0 || port > MAX_PORT) {
                throw new IllegalArgumentException("\"" + host + "\" port " + port + ": expected a host and a port from 0 to " + MAX_PORT);
            }
        }
    }
}
