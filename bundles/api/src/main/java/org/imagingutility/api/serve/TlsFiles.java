package org.imagingutility.api.serve;

import java.io.IOException;
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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;

/**
 * Certificates and key, PEM files in one folder by the names that servers and clients of such protocols have agreed upon:
 * {@code ca-cert.pem} (who signs the other side's certificate), {@code server-cert.pem}, {@code server-key.pem}.
 *
 * @param folder path of the folder
 * @param clientCertificates whether clients must have a certificate that {@code ca-cert.pem} signed
 */
public record TlsFiles(String folder, boolean clientCertificates) {
    /** Checks that there is a folder. */
    public TlsFiles {
        if (folder.isEmpty()) {
            throw new IllegalArgumentException("the folder of the certificates is empty");
        }
    }

    /**
     * Reads the files, and returns what a server proves itself by and whom it believes.
     *
     * @throws UsageException if one is missing, or does not hold what it should
     */
    public SSLContext context() throws UsageException {
        Path path;
        try {
            path = FilePaths.of(folder);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + folder + "\" is no folder: " + e.getReason(), null);
        }
        try {
            List<X509Certificate> chain = read(path, "server-cert.pem", Pem::certificates);
            PrivateKey key = read(path, "server-key.pem", file -> Pem.privateKey(file, chain.get(0).getPublicKey().getAlgorithm()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(chain, key), clientCertificates ? trust(read(path, "ca-cert.pem", Pem::certificates)) : null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new UsageException("the certificates in \"" + folder + "\" cannot be used: " + e.getMessage(), null);
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

    private static TrustManager[] trust(List<X509Certificate> signers) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < signers.size(); i++) {
            store.setCertificateEntry("ca-" + i, signers.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
