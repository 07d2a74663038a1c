package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;
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
        Path folder;
        try {
            folder = FilePaths.of(files.folder());
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + files.folder() + "\" is no folder: " + e.getReason(), null);
        }
        try {
            List<X509Certificate> chain = read(folder, "server-cert.pem", Pem::certificates);
            PrivateKey key = read(folder, "server-key.pem",
                    file -> Pem.privateKey(file, chain.get(0).getPublicKey().getAlgorithm()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(chain, key), files.clientCertificates() ? trust(read(folder, "ca-cert.pem", Pem::certificates)) : null, null);
            return new TlsContext(context, files.clientCertificates());
        } catch (GeneralSecurityException | IOException e) {
            throw new UsageException("the certificates in \"" + files.folder() + "\" cannot be used: " + e.getMessage(), null);
        }
    }

    private interface Reading<T> {
        T read(Path file) throws IOException, GeneralSecurityException;
    }

    private static <T> T read(Path folder, String name, Reading<T> reading) throws UsageException {
        Path file = folder.resolve(name);
        try {
            return reading.read(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageException("\"" + file + "\" cannot be used: " + (e instanceof java.nio.file.NoSuchFileException
                    ? "there is no such file" : e.getMessage()), "the folder holds ca-cert.pem, server-cert.pem and server-key.pem");
        }
    }

    private static KeyManager[] keys(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = new char[0];
        store.setKeyEntry("server", key, none, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    private static javax.net.ssl.TrustManager[] trust(List<X509Certificate> signers) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < signers.size(); i++) {
            store.setCertificateEntry("ca-" + i, signers.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
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
