package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/** The user at the other end of a Unix domain socket, as the system tells it. */
final class PeerUser {
    /** {@code jdk.net.ExtendedSocketOptions.SO_PEERCRED}: found by its name, for a runtime without that module and for Windows. */
    private static final String OPTION = "SO_PEERCRED";

    private PeerUser() {
    }

    /** Returns the user; empty where the system does not tell it, and the rights of the socket are all there is. */
    static Optional<UserPrincipal> of(SocketChannel channel) throws IOException {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals(OPTION)) {
                return Optional.of(user(channel.getOption(option)));
            }
        }
        return Optional.empty();
    }

    /** Returns the component {@code user} of a {@code jdk.net.UnixDomainPrincipal}. */
    private static UserPrincipal user(Object principal) throws IOException {
        try {
            return (UserPrincipal) principal.getClass().getMethod("user").invoke(principal);
        } catch (ReflectiveOperationException e) {
            throw new IOException("the system does not tell whose connection it is", e);
        }
    }
}
