package org.imagingutility.launcher.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Remembers accepted jars by the SHA-256 of their content together with the certificates of the policy, because a
 * signature takes far longer to verify than a digest. Kept in a file beside the framework's cache: who may write there
 * may write the cached bundles as well. Safe for several threads.
 */
final class KnownJars {
    private static final int BUFFER_BYTES = 128 * 1024;
    private final JarCheck check;
    private final Path file;
    private final byte[] policy;
    private final Clock clock;
    private final Map<String, Instant> until = new HashMap<>();

    /** Creates a memory in {@code file}, or one that ends with this object if {@code file} is null. */
    KnownJars(Policy policy, Path file, Clock clock) throws IOException {
        this.check = policy.check(clock);
        this.file = file;
        this.clock = clock;
        this.policy = digestOf(policy);
        if (file != null && Files.isRegularFile(file)) {
            Files.readAllLines(file, StandardCharsets.ISO_8859_1).forEach(this::remember);
        }
    }

    /** Returns what is to be thought of {@code jar}. */
    Verdict check(Path jar) {
        String digest;
        try {
            digest = digest(jar);
        } catch (IOException e) {
            return Verdict.refused("it cannot be read: " + e.getMessage());
        }
        synchronized (this) {
            Instant known = until.get(digest);
            if (known != null && clock.instant().isBefore(known)) {
                return Verdict.accepted(known);
            }
        }
        Verdict verdict = check.check(jar);
        if (verdict.accepted()) {
            keep(digest, verdict.until());
        }
        return verdict;
    }

    private synchronized void keep(String digest, Instant end) {
        until.put(digest, end);
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, digest + " " + end + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // only costs the next run the check
            System.getLogger(KnownJars.class.getName()).log(System.Logger.Level.DEBUG, "not kept", e);
        }
    }

    /** Takes a line of the file; one that is cut off or of no use is as good as none. */
    private void remember(String line) {
        String[] words = line.split(" ");
        try {
            if (words.length == 2) {
                until.put(words[0], Instant.parse(words[1]));
            }
        } catch (DateTimeException e) {
            System.getLogger(KnownJars.class.getName()).log(System.Logger.Level.DEBUG, "not understood: " + line, e);
        }
    }

    private String digest(Path jar) throws IOException {
        MessageDigest digest = sha256();
        digest.update(policy);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(jar)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns a digest of all certificates, whatever their order. */
    private static byte[] digestOf(Policy policy) throws IOException {
        MessageDigest digest = sha256();
        for (var certificates : List.of(policy.signers(), policy.authorities())) {
            TreeSet<String> texts = new TreeSet<>();
            for (X509Certificate certificate : certificates) {
                try {
                    texts.add(HexFormat.of().formatHex(certificate.getEncoded()));
                } catch (CertificateEncodingException e) {
                    throw new IOException(e);
                }
            }
            digest.update((texts + ";").getBytes(StandardCharsets.US_ASCII));
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
