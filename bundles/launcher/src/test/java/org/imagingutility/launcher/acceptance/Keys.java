package org.imagingutility.launcher.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import jdk.security.jarsigner.JarSigner;

/** Keys and certificates that keytool makes, and jars signed by them. */
final class Keys {
    private static final String PASSWORD = "secret";
    private final Path store;
    private final KeyStore keys;

    /**
     * Makes the keys: {@code trusted} and {@code untrusted}, each signed by itself; {@code expired}, signed by itself and
     * valid until yesterday; {@code authority}, and {@code issued} by it; {@code server}, issued by it for a web server;
     * {@code forged}, issued by {@code issued}, which is no authority.
     */
    Keys(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        assumeTrue(ModuleLayer.boot().findModule("jdk.jartool").isPresent(), "this Java has no jdk.jartool, which signs jars");
        store = folder.resolve("keys.p12");
        generate("trusted");
        generate("untrusted");
        generate("expired", "-startdate", "-3d", "-validity", "2");
        generate("authority", "-ext", "bc:c", "-validity", "3650");
        generate("issued", "-signer", "authority", "-ext", "eku=codeSigning");
        generate("server", "-signer", "authority", "-ext", "eku=serverAuth");
        generate("forged", "-signer", "issued");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
    }

    private void generate(String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keystore", store.toString(), "-storepass", PASSWORD, "-alias", alias, "-dname", "CN=" + alias, "-keyalg", "EC",
                "-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }

    X509Certificate certificate(String alias) throws GeneralSecurityException {
        return (X509Certificate) keys.getCertificate(alias);
    }

    /** Returns the file that all of this is in, and its password. */
    Path store() {
        return store;
    }

    char[] password() {
        return PASSWORD.toCharArray();
    }

    Policy policy(String... trusted) throws GeneralSecurityException {
        Set<X509Certificate> signers = new java.util.HashSet<>();
        for (String alias : trusted) {
            signers.add(certificate(alias));
        }
        return new Policy(List.of(), signers, Set.of());
    }

    /** Returns {@code jar} signed by {@code alias}, in a file of its own. */
    Path sign(Path jar, String alias, String... properties) throws IOException, GeneralSecurityException {
        Path signed = Files.createTempFile(jar.getParent(), "signed", ".jar");
        List<Certificate> chain = new ArrayList<>(List.of(keys.getCertificateChain(alias)));
        JarSigner.Builder builder = new JarSigner.Builder((PrivateKey) keys.getKey(alias, password()),
                CertificateFactory.getInstance("X.509").generateCertPath(chain)).signerName(alias.substring(0, Math.min(8, alias.length())));
        for (String property : properties) {
            builder.setProperty(property, "true");
        }
        try (var in = new java.util.zip.ZipFile(jar.toFile()); var out = Files.newOutputStream(signed)) {
            builder.build().sign(in, out);
        }
        return signed;
    }

    /** Returns all names. */
    List<String> aliases() throws GeneralSecurityException {
        return Collections.list(keys.aliases());
    }
}
