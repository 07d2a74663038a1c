package org.imagingutility.api.serve;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a server listens, and for whom.
 *
 * @param endpoint where it listens
 * @param tls what it proves itself by and whom it lets in; empty for connections that are not encrypted
 * @param login the user that is let in, by password; empty if none is asked for
 * @param connections the most connections at once; more are turned away
 */
public record ServeSettings(Endpoint endpoint, Optional<TlsFiles> tls, Optional<Login> login, int connections) {
    /** The most connections that may be asked for. */
    public static final int MAX_CONNECTIONS = 1024;

    /** Checks the values. */
    public ServeSettings {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(login, "login");
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException("connections " + connections + ": not from 1 to " + MAX_CONNECTIONS);
        }
    }

    /** Creates settings that ask nobody for a password. */
    public ServeSettings(Endpoint endpoint, Optional<TlsFiles> tls, int connections) {
        this(endpoint, tls, Optional.empty(), connections);
    }
}
