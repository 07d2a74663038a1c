package org.imagingutility.launcher.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Whether the manifest was signed as it is. {@link JarFile} is content if each entry's section was signed; the main
 * section, with the headers of OSGi, may then be another if the signature file has no digest of it. Here each signature
 * file must have the digest of the whole manifest, as {@code jarsigner} writes it unless told otherwise; and each entry that
 * the manifest names must be there, since JarFile misses none that was taken out.
 */
final class SignedManifest {
    private static final String WHOLE = "-DIGEST-MANIFEST";
    /** Far more than any manifest has. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final List<String> ALGORITHMS = List.of("SHA-256", "SHA-384", "SHA-512");

    private SignedManifest() {
    }

    /** Says whether there is a signature file at all. */
    static boolean isSigned(List<JarEntry> entries) {
        return entries.stream().anyMatch(entry -> EntryNames.isSignatureFile(entry.getName()));
    }

    /** Returns what is wrong with the manifest, or null. */
    static String fault(JarFile jar, List<JarEntry> entries) throws IOException {
        byte[] manifest = content(jar, JarFile.MANIFEST_NAME);
        for (String name : new Manifest(new ByteArrayInputStream(manifest)).getEntries().keySet()) {
            if (jar.getEntry(name) == null) {
                return "changed after it was signed: it has no \"" + name + "\", which its manifest names";
            }
        }
        for (JarEntry entry : entries) {
            if (EntryNames.isSignatureFile(entry.getName()) && !covers(content(jar, entry.getName()), manifest)) {
                return "changed after it was signed: \"" + entry.getName() + "\" does not cover the whole manifest by SHA-256, SHA-384 or SHA-512";
            }
        }
        return null;
    }

    private static boolean covers(byte[] signatureFile, byte[] manifest) throws IOException {
        Manifest parsed = new Manifest(new ByteArrayInputStream(signatureFile));
        boolean covered = false;
        for (Map.Entry<Object, Object> attribute : parsed.getMainAttributes().entrySet()) {
            String name = attribute.getKey().toString().toUpperCase(Locale.ROOT);
            if (name.endsWith(WHOLE) && ALGORITHMS.contains(name.substring(0, name.length() - WHOLE.length()))) {
                String digest = digest(name.substring(0, name.length() - WHOLE.length()), manifest);
                if (!digest.equals(attribute.getValue())) {
                    return false;
                }
                covered = true;
            }
        }
        return covered;
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IOException("\"" + name + "\" is longer than " + MAX_BYTES + " bytes");
            }
            return content;
        }
    }
}
