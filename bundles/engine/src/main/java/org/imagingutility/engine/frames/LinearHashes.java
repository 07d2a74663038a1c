package org.imagingutility.engine.frames;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.UsageException;

/** Digests over a whole device in order, as examiners need them; what is not in the image counts as zeros. For one thread. */
public final class LinearHashes {
    private static final Map<String, String> ALGORITHMS = Map.of("md5", "MD5", "sha1", "SHA-1",
            "sha256", "SHA-256", "sha512", "SHA-512");

    private final SortedMap<String, MessageDigest> digests = new TreeMap<>();
    private final byte[] block = new byte[32 << 10];
    private final byte[] zeros = new byte[32 << 10];
    private long position;
    private long frames;

    /**
     * Creates the digests of these algorithms.
     *
     * @throws UsageException if there is no such algorithm
     */
    public LinearHashes(Iterable<String> names) throws UsageException {
        for (String name : names) {
            String key = name.toLowerCase(Locale.ROOT).replace("-", "");
            String algorithm = ALGORITHMS.get(key);
            if (algorithm == null) {
                throw new UsageException("there is no hash \"" + name + "\" (available: "
                        + String.join(", ", new TreeSet<>(ALGORITHMS.keySet())) + ")", "choose from those");
            }
            try {
                digests.put(key, MessageDigest.getInstance(algorithm));
            } catch (NoSuchAlgorithmException e) {
                throw new UsageException("this Java platform has no " + algorithm, "leave --hash " + name + " out");
            }
        }
    }

    /** Says whether {@code name} is that of an algorithm, as results have it. */
    public static boolean known(String name) {
        return ALGORITHMS.containsKey(name);
    }

    /** Says whether no digest is asked for. */
    public boolean none() {
        return digests.isEmpty();
    }

    /** Adds the content of the device from {@code offset} on, which is not before what was added last. */
    public void add(long offset, ByteBuffer content) {
        if (digests.isEmpty()) {
            return;
        }
        frames++;
        zerosUpTo(offset);
        for (int at = content.position(); at < content.limit(); ) {
            int bytes = Math.min(block.length, content.limit() - at);
            content.get(at, block, 0, bytes);
            update(block, bytes);
            at += bytes;
        }
    }

    /** Returns how many frames were added. */
    public long frames() {
        return frames;
    }

    /** Ends at {@code deviceLength} and returns the digests by name. */
    public SortedMap<String, Digest> finish(long deviceLength) {
        zerosUpTo(deviceLength);
        SortedMap<String, Digest> results = new TreeMap<>();
        digests.forEach((name, digest) -> results.put(name, Digest.of(digest.digest())));
        return results;
    }

    private void zerosUpTo(long offset) {
        while (!digests.isEmpty() && position < offset) {
            update(zeros, (int) Math.min(zeros.length, offset - position));
        }
    }

    private void update(byte[] bytes, int length) {
        digests.values().forEach(digest -> digest.update(bytes, 0, length));
        position += length;
    }
}
