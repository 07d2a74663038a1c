package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;

/** Digests of the content of consecutive windows: 36 bytes of memory for each. Filled by one thread, then not changed. */
final class FrameProofs {
    static final int DIGEST = 32;

    private final long firstWindow;
    private final byte[] digests;
    private final int[] checksums;
    private final MessageDigest sha256 = sha256();
    private final CRC32C crc = new CRC32C();
    private int count;

    /** Creates room for {@code windows} windows from {@code firstWindow} on. */
    FrameProofs(long firstWindow, int windows) {
        this.firstWindow = firstWindow;
        this.digests = new byte[windows * DIGEST];
        this.checksums = new int[windows];
    }

    /** Adds the content of the next window, of which nothing is moved. */
    void add(ByteBuffer content) {
        sha256.update(content.duplicate());
        System.arraycopy(sha256.digest(), 0, digests, count * DIGEST, DIGEST);
        crc.reset();
        crc.update(content.duplicate());
        checksums[count++] = (int) crc.getValue();
    }

    /** Returns frame {@code window}, of {@code length} bytes; {@code zeros} is the digest of as many zeros. */
    FrameInfo frame(long window, int length, Digest zeros) {
        int i = (int) (window - firstWindow);
        Digest digest = Digest.of(Arrays.copyOfRange(digests, i * DIGEST, (i + 1) * DIGEST));
        return new FrameInfo(window, digest.equals(zeros) ? FrameKind.ZERO : FrameKind.DATA, length, length, checksums[i], digest);
    }

    /** Returns about how many bytes of memory this takes. */
    int weight() {
        return digests.length + checksums.length * Integer.BYTES + 500;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
