package org.imagingutility.tck.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Somebody who signs certificates (RFC 5280, section 4.1), with keys of the curve P-256; made anew for each test. */
public final class Certificates {
    /** DER of the algorithm ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758, section 3.2). */
    private static final byte[] ECDSA = {0x30, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    /** DER of the object identifiers commonName and basicConstraints. */
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
    private static final byte[] BASIC_CONSTRAINTS = {6, 3, 0x55, 0x1d, 0x13};
    private static final char[] NONE = new char[0];

    private final Holder signer;

    /** Makes the keys and the certificate of the signer. */
    public Certificates() throws GeneralSecurityException, IOException {
        KeyPair keys = newKeys();
        signer = new Holder(keys, certificate(1, "signer", "signer", keys, keys, "20200101000000Z", "20990101000000Z"));
    }

    /**
     * A certificate and its key.
     *
     * @param keys the keys
     * @param certificate the certificate
     */
    public record Holder(KeyPair keys, X509Certificate certificate) {
    }

    /** Returns the certificate of the signer. */
    public X509Certificate signer() {
        return signer.certificate;
    }

    /** Signs a certificate that holds. */
    public Holder sign(String name) throws GeneralSecurityException, IOException {
        return sign(name, "20990101000000Z");
    }

    /** Signs a certificate that held some years ago. */
    public Holder signExpired(String name) throws GeneralSecurityException, IOException {
        return sign(name, "20210101000000Z");
    }

    private Holder sign(String name, String until) throws GeneralSecurityException, IOException {
        KeyPair keys = newKeys();
        return new Holder(keys, certificate(2, "signer", name, keys, signer.keys, "20200101000000Z", until));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(int serial, String issuer, String subject, KeyPair of, KeyPair by, String from, String until)
            throws GeneralSecurityException, IOException {
        byte[] extensions = subject.equals(issuer) ? der(0xa3, der(0x30, der(0x30, BASIC_CONSTRAINTS, new byte[] {1, 1, -1},
                der(4, der(0x30, new byte[] {1, 1, -1}))))) : new byte[0];
        byte[] signed = der(0x30, der(0xa0, new byte[] {2, 1, 2}), der(2, BigInteger.valueOf(serial).toByteArray()), ECDSA, name(issuer),
                der(0x30, der(0x18, ascii(from)), der(0x18, ascii(until))), name(subject), of.getPublic().getEncoded(), extensions);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(signed);
        byte[] whole = der(0x30, signed, ECDSA, der(3, new byte[1], signature.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] name(String text) throws IOException {
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, ascii(text)))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(int tag, byte[]... contents) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.write(each);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else if (length < 0x100) {
            element.write(0x81);
            element.write(length);
        } else {
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        content.writeTo(element);
        return element.toByteArray();
    }

    /** Writes what a server needs: its certificate and key, and the certificate of who signs those of clients. */
    public static void write(Path folder, Holder server, X509Certificate signerOfClients) throws IOException, GeneralSecurityException {
        pem(folder.resolve("server-cert.pem"), "CERTIFICATE", server.certificate.getEncoded());
        pem(folder.resolve("server-key.pem"), "PRIVATE KEY", server.keys.getPrivate().getEncoded());
        pem(folder.resolve("ca-cert.pem"), "CERTIFICATE", signerOfClients.getEncoded());
    }

    private static void pem(Path file, String label, byte[] content) throws IOException {
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + label + "-----\n");
    }

    /** Returns what a client believes and proves itself by; {@code own} may be null. */
    public static SSLContext client(X509Certificate believed, Holder own) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("signer", believed);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (own != null) {
            keys.setKeyEntry("client", own.keys.getPrivate(), NONE, new Certificate[] {own.certificate});
        }
        KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        key.init(keys, NONE);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
