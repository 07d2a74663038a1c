package org.imagingutility.launcher.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Looks at a jar, whole: accepted is one in which every entry that can hold anything was signed by a trusted certificate.
 *
 * <p>The signature of each entry is verified by {@link JarFile}, which reads the file by the same central directory as the
 * framework does; beside that, names must mean the same to everybody ({@link EntryNames}) and the manifest, which makes
 * classes into a bundle, must have been signed as it is ({@link SignedManifest}). Nested jars, native libraries, classes
 * for other versions of Java: all of them are entries, so nothing inside of them needs another look.
 */
final class JarCheck {
    private static final int BUFFER_BYTES = 64 * 1024;
    private final SignerTrust trust;

    JarCheck(SignerTrust trust) {
        this.trust = trust;
    }

    /** Returns what is to be thought of {@code file}. A file that cannot be read is refused. */
    Verdict check(Path file) {
        // the base version: entries below META-INF/versions are looked at under their own names
        try (JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, JarFile.baseVersion())) {
            List<JarEntry> entries = Collections.list(jar.entries());
            String fault = EntryNames.fault(entries);
            if (fault == null && !SignedManifest.isSigned(entries)) {
                fault = "not signed by a trusted certificate: it has no signature";
            }
            if (fault == null) {
                fault = SignedManifest.fault(jar, entries);
            }
            return fault == null ? checkSigners(jar, entries) : Verdict.refused(fault);
        } catch (SecurityException e) {
            return Verdict.refused("changed after it was signed: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            return Verdict.refused("it is too large to be looked at: " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.refused("it cannot be read: " + e.getMessage());
        }
    }

    private Verdict checkSigners(JarFile jar, List<JarEntry> entries) throws IOException {
        Map<CodeSigner, Verdict> known = new HashMap<>();
        byte[] buffer = new byte[BUFFER_BYTES];
        Instant until = Instant.MAX;
        for (JarEntry entry : entries) {
            if (entry.isDirectory() || EntryNames.isSignature(entry.getName())) {
                continue;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                while (in.read(buffer) >= 0) {
                    // an entry is verified when it was read to its end
                }
            }
            Verdict verdict = best(entry, known);
            if (!verdict.accepted()) {
                return verdict;
            }
            until = verdict.until().isBefore(until) ? verdict.until() : until;
        }
        return known.isEmpty() ? Verdict.refused("there is nothing in it but a manifest, which tells nobody who signed it") : Verdict.accepted(until);
    }

    /** Returns the verdict on the most lasting of the trusted signers of {@code entry}, or on its first if none is. */
    private Verdict best(JarEntry entry, Map<CodeSigner, Verdict> known) {
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null || signers.length == 0) {
            return Verdict.refused("\"" + entry.getName()
                    + "\" in it is not signed, or by an algorithm that this Java has ceased to accept");
        }
        Verdict best = null;
        for (CodeSigner signer : signers) {
            Verdict verdict = known.computeIfAbsent(signer, trust::check);
            if (best == null || verdict.accepted() && (!best.accepted() || verdict.until().isAfter(best.until()))) {
                best = verdict;
            }
        }
        return best;
    }
}
