package org.imagingutility.export.disk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.imagingutility.api.export.VirtualDiskSpec;

/** Identifiers that follow from the image, so that exporting it again gives the same bytes. */
final class Identifiers {
    private static final int BYTES = 16;

    private Identifiers() {
    }

    /** Returns a UUID (RFC 9562, section 5.8: version 8) with the most significant byte first. */
    static byte[] uuid(VirtualDiskSpec spec, String purpose) {
        return made(spec, purpose, 6);
    }

    /** Returns a UUID as Microsoft stores a GUID (MS-DTYP, section 2.3.4.2): the first three fields with the least significant byte first. */
    static byte[] guid(VirtualDiskSpec spec, String purpose) {
        return made(spec, purpose, 7);
    }

    private static byte[] made(VirtualDiskSpec spec, String purpose, int versionByte) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        sha256.update(purpose.getBytes(StandardCharsets.UTF_8));
        byte[] id = new byte[BYTES];
        System.arraycopy(sha256.digest(spec.identity().toBytes()), 0, id, 0, BYTES);
        id[versionByte] = (byte) (id[versionByte] & 0x0F | 0x80);
        id[8] = (byte) (id[8] & 0x3F | 0x80);
        return id;
    }
}
