package org.imagingutility.api.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** PEM files (RFC 7468) with certificates and keys. */
final class Pem {
    private static final int MAX_LENGTH = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    /** Begin of a PKCS #8 structure for RSA: version 0, OID 1.2.840.113549.1.1.1, NULL (RFC 5208, RFC 8017). */
    private static final byte[] RSA = {2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};

    private Pem() {
    }

    private record Block(String label, byte[] bytes) {
    }

    /** Returns the certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Block block : blocks(file)) {
            if (block.label.equals("CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes)));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("holds no certificate");
        }
        return certificates;
    }

    /** Returns the private key of a file, which is one of {@code algorithm}: PKCS #8, or RSA by PKCS #1. */
    static PrivateKey privateKey(Path file, String algorithm) throws IOException, GeneralSecurityException {
        for (Block block : blocks(file)) {
            Optional<byte[]> encoded = switch (block.label) {
                case "PRIVATE KEY" -> Optional.of(block.bytes);
                case "RSA PRIVATE KEY" -> Optional.of(ofPkcs1(block.bytes));
                case "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY" -> throw new IOException("holds a key as \"" + block.label
                        + "\": a plain PKCS #8 key is needed (openssl pkcs8 -topk8 -nocrypt)");
                default -> Optional.empty();
            };
            if (encoded.isPresent()) {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded.get()));
            }
        }
        throw new IOException("holds no private key");
    }

    private static List<Block> blocks(Path file) throws IOException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException("has more than " + MAX_LENGTH + " bytes");
        }
        List<Block> blocks = new ArrayList<>();
        StringBuilder base64 = null;
        String label = "";
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().map(String::strip).toList()) {
            if (line.startsWith(BEGIN) && line.endsWith("-----")) {
                label = line.substring(BEGIN.length(), line.length() - 5);
                base64 = new StringBuilder();
            } else if (line.startsWith(END) && base64 != null) {
                try {
                    blocks.add(new Block(label, Base64.getDecoder().decode(base64.toString())));
                } catch (IllegalArgumentException e) {
                    throw new IOException("has a " + label + " that is no Base64", e);
                }
                base64 = null;
            } else if (base64 != null) {
                base64.append(line);
            }
        }
        return blocks;
    }

    private static byte[] ofPkcs1(byte[] key) {
        byte[] octets = element(4, key);
        return element(0x30, ByteBuffer.allocate(RSA.length + octets.length).put(RSA).put(octets).array());
    }

    /** Returns a DER element with a length of two bytes, which is not the shortest form of short ones, as no RSA key is. */
    private static byte[] element(int tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 4).put((byte) tag).put((byte) 0x82).putShort((short) content.length).put(content).array();
    }
}
