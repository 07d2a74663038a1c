package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.TlsFiles;

/** What the server proves itself by, and whom it believes. Used by several threads at once. */
final class TlsContext {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private final SSLContext context;
    private final boolean clientCertificates;

    private TlsContext(SSLContext context, boolean clientCertificates) {
        this.context = context;
        this.clientCertificates = clientCertificates;
    }

    /**
     * Reads the files.
     *
     * @throws UsageException if one is missing, or does not hold what it should
     */
    static TlsContext of(TlsFiles files) throws UsageException {
        return new TlsContext(files.context(), files.clientCertificates());
    }

    /** Returns a connection that speaks TLS on {@code socket}, as the server. */
    SSLSocket wrap(Socket socket) throws IOException {
        SSLSocket wrapped = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        wrapped.setUseClientMode(false);
        wrapped.setEnabledProtocols(VERSIONS);
        wrapped.setNeedClientAuth(clientCertificates);
        return wrapped;
    }
}
