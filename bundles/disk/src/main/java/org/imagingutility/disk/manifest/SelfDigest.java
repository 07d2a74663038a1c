package org.imagingutility.disk.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 that a manifest holds of itself, over all its bytes with zeros in place of the digest's digits. It tells of
 * changes by accident: an offset that is another one would bring a partition to a wrong place.
 */
final class SelfDigest {
    static final String FIELD = "ManifestSha256";
    /** What stands there while the digest is computed. */
    static final String BLANK = "0".repeat(64);

    private static final byte[] NAME = ("\"" + FIELD + "\"").getBytes(StandardCharsets.US_ASCII);
    private static final Pattern VALUE = Pattern.compile("\"" + FIELD + "\"\\s*:\\s*\"([0-9a-f]{64})\"");
    /** Most bytes from the begin of the name to the end of the digest; some room for white space. */
    private static final int LONGEST = 256;

    private SelfDigest() {
    }

    /** Puts the digest into a manifest that holds {@link #BLANK} in its place. */
    static byte[] sealed(byte[] blank) {
        byte[] sealed = blank.clone();
        int place = place(blank);
        byte[] digits = digits(blank, place).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, sealed, place, digits.length);
        return sealed;
    }

    /** Fails if the manifest is not the one that was sealed. */
    static void check(byte[] manifest) throws BadManifestException {
        int place = place(manifest);
        if (place < 0) {
            throw new BadManifestException(-1, "\"" + FIELD + "\" is not 64 hexadecimal digits");
        }
        String stored = new String(manifest, place, BLANK.length(), StandardCharsets.US_ASCII);
        String found = digits(manifest, place);
        if (!found.equals(stored)) {
            throw new BadManifestException(-1, "was changed since it was written: its SHA-256 is " + found + ", expected " + stored
                    + " (who changed it on purpose removes \"" + FIELD + "\")");
        }
    }

    /** Returns where the digits stand, -1 if there are none. The field is the last one; texts cannot look like it. */
    private static int place(byte[] manifest) {
        for (int at = manifest.length - NAME.length; at >= 0; at--) {
            if (manifest[at] == NAME[0] && Arrays.equals(manifest, at, at + NAME.length, NAME, 0, NAME.length)) {
                String text = new String(manifest, at, Math.min(LONGEST, manifest.length - at), StandardCharsets.ISO_8859_1);
                Matcher matcher = VALUE.matcher(text);
                return matcher.lookingAt() ? at + matcher.start(1) : -1;
            }
        }
        return -1;
    }

    /** Returns the digest of a manifest with {@link #BLANK} at {@code place}, without a copy of it. */
    private static String digits(byte[] manifest, int place) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(manifest, 0, place);
            sha256.update(BLANK.getBytes(StandardCharsets.US_ASCII));
            sha256.update(manifest, place + BLANK.length(), manifest.length - place - BLANK.length());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
