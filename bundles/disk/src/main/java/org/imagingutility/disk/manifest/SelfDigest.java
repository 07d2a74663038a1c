package org.imagingutility.disk.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    private static final Pattern VALUE = Pattern.compile("\"" + FIELD + "\"\\s*:\\s*\"([0-9a-f]{64})\"");

    private SelfDigest() {
    }

    /** Puts the digest into a manifest that holds {@link #BLANK} in its place. */
    static byte[] sealed(byte[] blank) {
        byte[] sealed = blank.clone();
        byte[] digits = digits(blank).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, sealed, place(blank), digits.length);
        return sealed;
    }

    /** Fails if the manifest is not the one that was sealed. */
    static void check(byte[] manifest) throws BadManifestException {
        int place = place(manifest);
        if (place < 0) {
            throw new BadManifestException(-1, "\"" + FIELD + "\" is not 64 hexadecimal digits");
        }
        byte[] blank = manifest.clone();
        System.arraycopy(BLANK.getBytes(StandardCharsets.US_ASCII), 0, blank, place, BLANK.length());
        String stored = new String(manifest, place, BLANK.length(), StandardCharsets.US_ASCII);
        String found = digits(blank);
        if (!found.equals(stored)) {
            throw new BadManifestException(-1, "was changed since it was written: its SHA-256 is " + found + ", expected " + stored
                    + " (who changed it on purpose removes \"" + FIELD + "\")");
        }
    }

    /** Returns where the digits stand, -1 if there are none. The field is the last one; texts cannot look like it. */
    private static int place(byte[] manifest) {
        Matcher matcher = VALUE.matcher(new String(manifest, StandardCharsets.ISO_8859_1));
        int place = -1;
        while (matcher.find()) {
            place = matcher.start(1);
        }
        return place;
    }

    private static String digits(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
