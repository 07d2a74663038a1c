package org.imagingutility.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A key of its own, and what it signs. */
final class Signer {
    private static final String PASSWORD = "secret";
    private final KeyStore keys;

    Signer(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keystore", store.toString(), "-storepass", PASSWORD, "-alias", "key", "-dname", "CN=" + name, "-keyalg", "EC")
                .redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
    }

    /** Writes the certificate as a PEM file. */
    void writeCertificate(Path file) throws IOException, GeneralSecurityException {
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getCertificate("key").getEncoded()) + "\n-----END CERTIFICATE-----\n");
    }

    /** Signs a jar where it stands. */
    void sign(Path jar) throws IOException, GeneralSecurityException {
        Path signed = Files.createTempFile(jar.getParent(), "signed", ".tmp");
        JarSigner signer = new JarSigner.Builder((PrivateKey) keys.getKey("key", PASSWORD.toCharArray()),
                CertificateFactory.getInstance("X.509").generateCertPath(List.of(keys.getCertificate("key")))).build();
        try (ZipFile in = new ZipFile(jar.toFile()); OutputStream out = Files.newOutputStream(signed)) {
            signer.sign(in, out);
        }
        Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
