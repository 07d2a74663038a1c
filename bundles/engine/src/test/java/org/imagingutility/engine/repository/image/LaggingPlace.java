package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.engine.repository.layout.Manifest;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.Table;

/**
 * Objects in a world whose time is simulated. Lists lag by up to an hour, for each object by another time. After each change it looks
 * whether all images have all that they refer to. For one thread at a time.
 */
final class LaggingPlace {
    static final String NAME = "simulated:";
    private static final long HOUR = 3_600_000;

    private final Random random;
    private final TreeMap<String, Blob> objects = new TreeMap<>();
    /** What lists still show. */
    private final TreeMap<String, Blob> ghosts = new TreeMap<>();
    private final Map<String, Set<String>> images = new HashMap<>();
    private long now;

    LaggingPlace(Random random) {
        this.random = random;
    }

    /** An object; {@code seenAt} is when lists begin to show it, or end to. */
    private record Blob(byte[] bytes, long stored, long seenAt) {
    }

    /** The time in milliseconds. */
    long now() {
        return now;
    }

    void advanceTo(long time) {
        now = Math.max(now, time);
    }

    Set<String> keys() {
        return objects.keySet();
    }

    /** Returns the keys that images refer to. */
    Set<String> referred() {
        Set<String> all = new HashSet<>();
        images.values().forEach(all::addAll);
        return all;
    }

    int images() {
        return images.size();
    }

    Optional<BlobInfo> stat(String key) {
        return Optional.ofNullable(objects.get(key)).map(blob -> info(key, blob));
    }

    private static BlobInfo info(String key, Blob blob) {
        return new BlobInfo(key, blob.bytes.length, Instant.ofEpochMilli(blob.stored));
    }

    void get(String key, long offset, ByteBuffer target) throws BlobException {
        Blob blob = objects.get(key);
        if (blob == null) {
            throw new BlobException(NAME, key, Reason.ABSENT, "there is no such object", null, null);
        }
        target.put(blob.bytes, (int) offset, target.remaining());
    }

    void putIfAbsent(String key, ByteBuffer content) throws BlobException {
        if (objects.containsKey(key)) {
            throw new BlobException(NAME, key, Reason.EXISTS, "exists already", null, null);
        }
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        objects.put(key, new Blob(bytes, now, now + lag()));
        if (ObjectNames.imageKey(key).isPresent()) {
            images.put(key, needed(bytes));
            images.get(key).forEach(needed -> require(objects.containsKey(needed), "image " + key + " was put without " + needed));
        }
    }

    private long lag() {
        return random.nextInt(3) == 0 ? (long) (random.nextDouble() * HOUR) : 0;
    }

    private Set<String> needed(byte[] manifest) {
        try {
            Set<String> needed = new HashSet<>();
            for (Manifest.Chunk chunk : Manifest.decode(manifest).chunks()) {
                String table = ObjectNames.table(chunk.table());
                require(objects.containsKey(table), "an image was put without table " + table);
                needed.add(table);
                Table.decode(objects.get(table).bytes).frames().forEach(frame -> needed.add(ObjectNames.frame(frame)));
            }
            return needed;
        } catch (java.io.IOException e) {
            throw new Lost(e.toString());
        }
    }

    void delete(String key) throws BlobException {
        Blob blob = objects.remove(key);
        if (blob == null) {
            throw new BlobException(NAME, key, Reason.ABSENT, "there is no such object", null, null);
        }
        ghosts.put(key, new Blob(blob.bytes, blob.stored, now + lag()));
        images.remove(key);
        images.forEach((image, needed) -> require(!needed.contains(key), key + " was deleted, which image " + image + " needs"));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new Lost(what);
        }
    }

    List<BlobInfo> list(String prefix, String after, int limit) {
        TreeMap<String, BlobInfo> seen = new TreeMap<>();
        ghosts.tailMap(prefix).forEach((key, blob) -> {
            if (key.startsWith(prefix) && blob.seenAt > now) {
                seen.put(key, info(key, blob));
            }
        });
        objects.tailMap(prefix).forEach((key, blob) -> {
            if (key.startsWith(prefix) && blob.seenAt <= now) {
                seen.put(key, info(key, blob));
            }
        });
        List<BlobInfo> page = new ArrayList<>(seen.tailMap(after, false).values());
        return page.subList(0, Math.min(limit, page.size()));
    }

    /** An image lacks something. */
    static final class Lost extends Error {
        private static final long serialVersionUID = 1L;

        Lost(String what) {
            super(what);
        }
    }
}
