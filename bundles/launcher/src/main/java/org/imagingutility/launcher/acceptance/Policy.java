package org.imagingutility.launcher.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What {@code conf/acceptance.properties} asks for. Without that file all bundles are accepted; a file with a fault in it
 * is an error, never a leave to start what it may have meant to keep out.
 *
 * @param files the file and those it names: what the policy depends on
 */
public record Policy(List<Path> files, Set<X509Certificate> signers, Set<X509Certificate> authorities) {
    private static final String FILE = "acceptance.properties";
    private static final String SWITCH = "signed-bundles-only";
    private static final String TRUSTED = "trusted";
    private static final String STAMPS = "timestamps";
    private static final Set<String> KEYS = Set.of(SWITCH, TRUSTED, TRUSTED + ".password", STAMPS, STAMPS + ".password");

    /** Takes copies. */
    public Policy {
        files = List.copyOf(files);
        signers = Set.copyOf(signers);
        authorities = Set.copyOf(authorities);
    }

    /**
     * Returns the policy of the folder {@code conf}, or nothing where all bundles are accepted.
     *
     * @throws IOException if a file cannot be read or does not say clearly what it wants
     */
    public static Optional<Policy> read(Path conf) throws IOException {
        Path file = conf.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + file + "\": " + e.getMessage(), e);
        }
        for (String key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IOException("\"" + file + "\": \"" + key + "\" is not known; known are " + KEYS.stream().sorted().toList());
            }
        }
        String on = properties.getProperty(SWITCH, "").strip();
        if (on.equals("false")) {
            return Optional.empty();
        }
        if (!on.equals("true")) {
            throw new IOException("\"" + file + "\": " + SWITCH + " must be true or false, but is \"" + on + "\"");
        }
        List<Path> files = new ArrayList<>(List.of(file));
        Set<X509Certificate> signers = certificates(properties, TRUSTED, conf, files);
        if (signers.isEmpty()) {
            throw new IOException("\"" + file + "\": " + TRUSTED + " must name a file with the certificates to trust");
        }
        return Optional.of(new Policy(files, signers, certificates(properties, STAMPS, conf, files)));
    }

    private static Set<X509Certificate> certificates(Properties properties, String key, Path conf, List<Path> files) throws IOException {
        String name = properties.getProperty(key, "").strip();
        if (name.isEmpty()) {
            return Set.of();
        }
        Path file = conf.resolve(name);
        files.add(file);
        return TrustedCertificates.read(file, properties.getProperty(key + ".password", "").toCharArray());
    }

    /** Returns the check of jars by this policy and {@code clock}. */
    JarCheck check(Clock clock) {
        return new JarCheck(new SignerTrust(new CertificateTrust(signers, CertificateTrust.CODE_SIGNING),
                new CertificateTrust(authorities, CertificateTrust.TIME_STAMPING), clock));
    }
}
