package org.imagingutility.launcher.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Reads files of certificates: PEM (or DER), or PKCS #12 by their name, {@code .p12} or {@code .pfx}. */
final class TrustedCertificates {
    private TrustedCertificates() {
    }

    /**
     * Returns the X.509 certificates in {@code file}, at least one.
     *
     * @param password that of a PKCS #12 file
     * @throws IOException if the file cannot be read or has no certificate
     */
    static Set<X509Certificate> read(Path file, char[] password) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Set<X509Certificate> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = x509(name.endsWith(".p12") || name.endsWith(".pfx") ? keyStore(in, password)
                    : CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("no certificates can be read from \"" + file + "\": " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IOException("no certificate in \"" + file + "\"");
        }
        return found;
    }

    private static Collection<Certificate> keyStore(InputStream in, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(in, password);
        Set<Certificate> certificates = new LinkedHashSet<>();
        for (String alias : Collections.list(store.aliases())) {
            certificates.add(store.getCertificate(alias));
        }
        return certificates;
    }

    private static Set<X509Certificate> x509(Collection<? extends Certificate> certificates) {
        Set<X509Certificate> found = new LinkedHashSet<>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate x509) {
                found.add(x509);
            }
        }
        return found;
    }
}
