package org.imagingutility.launcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCheckTest {
    @TempDir
    private static Path folder;
    private static Keys keys;
    private static Path unsigned;

    @BeforeAll
    static void make() throws Exception {
        keys = new Keys(folder);
        unsigned = Jars.bundle(folder, "com.example.part", "1.0.0", "Multi-Release: true\n", "com/example/Part.class", "class",
                "META-INF/versions/17/com/example/Part.class", "class for 17", "META-INF/services/com.example.Service", "com.example.Part",
                "lib/inner.jar", Jars.nested("com/example/Inner.class", "inner"), "native/libpart.so", "code");
    }

    @Test
    void acceptsWhatATrustedCertificateSigned() throws Exception {
        Verdict verdict = check(keys.sign(unsigned, "trusted"), "trusted", "untrusted");
        assertThat(verdict.accepted()).as(verdict.reason()).isTrue();
        assertThat(verdict.until()).isEqualTo(keys.certificate("trusted").getNotAfter().toInstant());
    }

    @Test
    void acceptsWhatACertificateIssuedByATrustedOneSigned() throws Exception {
        Verdict verdict = check(keys.sign(unsigned, "issued"), "authority");
        assertThat(verdict.accepted()).as(verdict.reason()).isTrue();
        // and a certificate may be trusted without its authority
        assertThat(check(keys.sign(unsigned, "issued"), "issued").accepted()).isTrue();
    }

    @Test
    void refusesAJarWithoutASignature() throws Exception {
        refused(unsigned, "not signed by a trusted certificate", "trusted");
    }

    @Test
    void refusesWhatAnotherSigned() throws Exception {
        refused(keys.sign(unsigned, "untrusted"), "not signed by a trusted certificate, but by \"CN=untrusted\"", "trusted");
        refused(keys.sign(unsigned, "issued"), "not signed by a trusted certificate", "trusted", "untrusted");
    }

    @Test
    void refusesWhatACertificateThatMayNotIssueIssued() throws Exception {
        refused(keys.sign(unsigned, "forged"), "not signed by a trusted certificate", "authority");
        refused(keys.sign(unsigned, "forged"), "not signed by a trusted certificate", "issued");
    }

    @Test
    void refusesACertificateMadeForAnotherPurpose() throws Exception {
        refused(keys.sign(unsigned, "server"), "purpose", "authority");
    }

    @Test
    void refusesACertificateOutOfItsTime() throws Exception {
        refused(keys.sign(unsigned, "expired"), "the certificate of \"CN=expired\" was valid from", "expired");
        Path signed = keys.sign(unsigned, "issued");
        Instant end = keys.certificate("issued").getNotAfter().toInstant();
        assertThat(at(end.minusSeconds(1), "authority").check(signed).accepted()).isTrue();
        Verdict later = at(end.plusSeconds(1), "authority").check(signed);
        assertThat(later.accepted()).isFalse();
        assertThat(later.reason()).contains("\"CN=");
        assertThat(at(keys.certificate("trusted").getNotBefore().toInstant().minus(Duration.ofDays(1)), "trusted")
                .check(keys.sign(unsigned, "trusted")).accepted()).isFalse();
    }

    @Test
    void refusesAChangeOfAnyEntry() throws Exception {
        Path signed = keys.sign(unsigned, "trusted");
        for (String name : Jars.read(signed).keySet()) {
            Path changed = Jars.change(signed, (entry, bytes) -> entry.equals(name) ? flipped(bytes) : bytes);
            assertThat(check(changed, "trusted").accepted()).as(name).isFalse();
        }
    }

    @Test
    void refusesAnEntryAddedToASignedJar() throws Exception {
        Path signed = keys.sign(unsigned, "trusted");
        for (String name : List.of("com/example/Evil.class", "META-INF/versions/17/com/example/Evil.class", "META-INF/INDEX.LIST",
                "META-INF/services/evil", "META-INF/SIG-EVIL", "META-INF/deeper/EVIL.SF", "META-INF/deeper/EVIL.RSA", "evil.so")) {
            refused(Jars.add(signed, name, "evil"), name, "trusted");
        }
        // a name with a section in the manifest that nobody signed
        Path listed = Jars.change(Jars.add(signed, "evil.so", "evil"), (name, bytes) -> name.equals("META-INF/MANIFEST.MF")
                ? append(bytes, "Name: evil.so\r\nSHA-256-Digest: " + sha256("evil") + "\r\n\r\n") : bytes);
        assertThat(check(listed, "trusted").accepted()).isFalse();
    }

    @Test
    void refusesAnEntryTakenOut() throws Exception {
        Path signed = keys.sign(unsigned, "trusted");
        for (String name : Jars.read(signed).keySet()) {
            if (!name.startsWith("META-INF/") && !name.endsWith("/")) {
                Path less = Jars.change(signed, (entry, bytes) -> entry.equals(name) ? null : bytes);
                refused(less, "it has no \"" + name + "\", which its manifest names", "trusted");
            }
        }
    }

    @Test
    void refusesAnEntryTakenOutTogetherWithItsSection() throws Exception {
        Path signed = keys.sign(unsigned, "trusted");
        Path less = Jars.change(signed, (name, bytes) -> name.equals("META-INF/MANIFEST.MF")
                ? new String(bytes, StandardCharsets.UTF_8).replaceFirst("(?s)Name: native/libpart.so\r\n.*?\r\n\r\n", "").getBytes(StandardCharsets.UTF_8)
                : name.equals("native/libpart.so") ? null : bytes);
        assertThat(Jars.read(less)).doesNotContainKey("native/libpart.so");
        refused(less, "changed after it was signed", "trusted");
    }

    @Test
    void refusesOtherHeadersWhereOnlyTheSectionsWereSigned() throws Exception {
        Path signed = keys.sign(unsigned, "trusted", "sectionsonly");
        Path changed = Jars.change(signed, (name, bytes) -> name.equals("META-INF/MANIFEST.MF")
                ? new String(bytes, StandardCharsets.UTF_8).replace("Bundle-Version: 1.0.0", "Bundle-Version: 6.6.6").getBytes(StandardCharsets.UTF_8)
                : bytes);
        refused(changed, "changed after it was signed", "trusted");
        refused(signed, "does not cover the whole manifest", "trusted");
    }

    @Test
    void refusesASignedJarThatAnotherSignedAgainWithMoreInIt() throws Exception {
        Path signed = keys.sign(unsigned, "trusted");
        refused(keys.sign(Jars.add(signed, "com/example/Evil.class", "evil"), "untrusted"), "changed after it was signed", "trusted");
        // but a second signature of the same content takes nothing from the first
        assertThat(check(keys.sign(signed, "untrusted"), "trusted").accepted()).isTrue();
    }

    @Test
    void refusesNamesWithTwoMeanings() throws Exception {
        Path signed = keys.sign(Jars.add(unsigned, "com/example/Pert.class", "evil"), "trusted");
        refused(Jars.rename(signed, "com/example/Pert.class", "com/example/Part.class"), "two entries", "trusted");
        refused(Jars.add(signed, "META-INF/Manifest.mf", "Bundle-Version: 6.6.6\n"), "could be taken for", "trusted");
        refused(Jars.add(signed, "meta-inf/MANIFEST.MF", "Bundle-Version: 6.6.6\n"), "could be taken for", "trusted");
        refused(Jars.add(signed, "META-INF/evil.sf", "Signature-Version: 1.0\n"), "could be taken for", "trusted");
        refused(keys.sign(Jars.add(unsigned, "../evil.so", "evil"), "trusted"), "no path", "trusted");
        refused(keys.sign(Jars.add(unsigned, "/evil.so", "evil"), "trusted"), "no path", "trusted");
        refused(keys.sign(Jars.add(unsigned, "a\\..\\evil.so", "evil"), "trusted"), "no path", "trusted");
    }

    @Test
    void refusesWhatIsNoJar() throws Exception {
        refused(Files.writeString(folder.resolve("text.jar"), "text"), "cannot be read", "trusted");
        refused(folder.resolve("none.jar"), "cannot be read", "trusted");
        Path signed = keys.sign(unsigned, "trusted");
        byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(signed), (int) Files.size(signed) / 2);
        refused(Files.write(folder.resolve("half.jar"), half), "cannot be read", "trusted");
        Path withoutManifest = Jars.change(signed, (name, bytes) -> name.equals("META-INF/MANIFEST.MF") ? null : bytes);
        assertThat(check(withoutManifest, "trusted").accepted()).isFalse();
        Path nothingSigned = Jars.change(signed, (name, bytes) -> EntryNames.isSignature(name) ? bytes : null);
        refused(nothingSigned, "which its manifest names", "trusted");
    }

    @Test
    void readsCertificatesFromPemAndPkcs12() throws Exception {
        Path pem = folder.resolve("two.pem");
        Files.writeString(pem, pem("trusted") + pem("authority"));
        assertThat(TrustedCertificates.read(pem, new char[0]))
                .isEqualTo(Set.of(keys.certificate("trusted"), keys.certificate("authority")));
        assertThat(TrustedCertificates.read(keys.store(), keys.password())).contains(keys.certificate("expired")).hasSize(keys.aliases().size());
    }

    private static String pem(String alias) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n" + java.util.Base64.getMimeEncoder().encodeToString(keys.certificate(alias).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static void refused(Path jar, String why, String... trusted) throws Exception {
        Verdict verdict = check(jar, trusted);
        assertThat(verdict.accepted()).as("%s is accepted", jar).isFalse();
        assertThat(verdict.reason()).contains(why);
    }

    private static Verdict check(Path jar, String... trusted) throws Exception {
        return keys.policy(trusted).check(Clock.systemUTC()).check(jar);
    }

    private static JarCheck at(Instant when, String... trusted) throws Exception {
        return keys.policy(trusted).check(Clock.fixed(when, ZoneOffset.UTC));
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    private static byte[] append(byte[] bytes, String text) {
        return (new String(bytes, StandardCharsets.UTF_8) + text).getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        try {
            return java.util.Base64.getEncoder().encodeToString(java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
