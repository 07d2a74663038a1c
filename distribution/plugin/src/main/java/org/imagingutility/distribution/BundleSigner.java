package org.imagingutility.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;

/**
 * Signs jars in place. All entries get one fixed time; the signature itself has the time in it, so that it is another
 * with each build.
 */
final class BundleSigner {
    /** DOS times, which zip files have, begin in 1980; no zone, so the same everywhere. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
    private final PrivateKey key;
    private final Certificate[] chain;
    private final String alias;

    /**
     * Reads the key.
     *
     * @param alias name of the key; null: the only one
     */
    BundleSigner(Path keystore, char[] password, String alias) throws IOException {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            this.alias = alias != null ? alias : only(keystore, store);
            Key found = store.getKey(this.alias, password);
            if (!(found instanceof PrivateKey)) {
                throw new IOException("\"" + keystore + "\" has no private key \"" + this.alias + "\"");
            }
            key = (PrivateKey) found;
            chain = store.getCertificateChain(this.alias);
        } catch (GeneralSecurityException e) {
            throw new IOException("\"" + keystore + "\" cannot be used: " + e.getMessage(), e);
        }
    }

    private static String only(Path keystore, KeyStore store) throws IOException, GeneralSecurityException {
        List<String> aliases = Collections.list(store.aliases());
        if (aliases.size() != 1) {
            throw new IOException("\"" + keystore + "\" has " + aliases.size() + " entries: name one as alias");
        }
        return aliases.get(0);
    }

    /** Makes a key that is good for nothing but a try, and returns the file; its password is {@code password}. */
    static Path throwAwayKey(Path folder, String name, String password) throws IOException {
        Path store = folder.resolve("throw-away-key.p12");
        Files.createDirectories(folder);
        Files.deleteIfExists(store);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keystore", store.toString(), "-storepass", password, "-alias", "throw-away", "-dname", "CN=" + name + " (throw-away key)",
                "-keyalg", "RSA", "-keysize", "3072", "-validity", "3650").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return store;
    }

    void sign(Path jar) throws IOException {
        Path signed = jar.resolveSibling(jar.getFileName() + ".signed");
        try {
            JarSigner signer = new JarSigner.Builder(key, CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain)))
                    .digestAlgorithm("SHA-256").signerName("SIGNER").build();
            try (ZipFile in = new ZipFile(jar.toFile()); var out = Files.newOutputStream(signed)) {
                signer.sign(in, out);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        rewrite(signed, jar);
        Files.delete(signed);
    }

    /** Copies the jar, its entries in the same order and with a fixed time. */
    private static void rewrite(Path from, Path to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile in = new ZipFile(from.toFile()); ZipOutputStream out = new ZipOutputStream(bytes)) {
            Enumeration<? extends ZipEntry> entries = in.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(TIME);
                out.putNextEntry(copy);
                try (InputStream content = in.getInputStream(entry)) {
                    content.transferTo(out);
                }
                out.closeEntry();
            }
        }
        Files.write(to, bytes.toByteArray());
    }

    /** Writes the certificate that is to be trusted: the signer's own. */
    void writeCertificate(Path pem) throws IOException {
        try {
            Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(chain[0].getEncoded()) + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
