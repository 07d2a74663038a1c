package org.imagingutility.tck.blobs;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;

/** Objects in memory. Used by several threads at once; closing it keeps what is in it. */
public class MemoryBlobStore implements BlobStore {
    private final String reference;
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** Creates a place without objects. */
    public MemoryBlobStore(String reference) {
        this.reference = reference;
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public BlobTraits traits() {
        return new BlobTraits(true, true, true, 4);
    }

    @Override
    public Optional<BlobInfo> stat(String key) throws ImagingException {
        byte[] object = objects.get(BlobKeys.require(key));
        return object == null ? Optional.empty() : Optional.of(info(key, object));
    }

    @Override
    public void get(String key, long offset, ByteBuffer target) throws ImagingException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        byte[] object = objects.get(BlobKeys.require(key));
        if (object == null) {
            throw absent(key);
        }
        if (offset > object.length || target.remaining() > object.length - offset) {
            throw new BlobException(reference, key, Reason.FAILED, "ends at byte " + object.length, null, null);
        }
        target.put(object, (int) offset, target.remaining());
    }

    @Override
    public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("object \"" + key + "\" without a byte");
        }
        byte[] object = new byte[content.remaining()];
        content.duplicate().get(object);
        if (objects.putIfAbsent(BlobKeys.require(key), object) != null) {
            throw new BlobException(reference, key, Reason.EXISTS, "exists already", null, null);
        }
    }

    @Override
    public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        BlobKeys.requirePrefix(prefix);
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("limit " + limit);
        }
        boolean begins = prefix.compareTo(after) > 0;
        return objects.tailMap(begins ? prefix : after, begins).entrySet().stream().takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(limit).map(entry -> info(entry.getKey(), entry.getValue())).toList();
    }

    @Override
    public void delete(String key) throws ImagingException {
        if (objects.remove(BlobKeys.require(key)) == null) {
            throw absent(key);
        }
    }

    @Override
    public void close() throws ImagingException {
        // what is in it stays, as in a folder
    }

    /** Replaces the bytes of an object, or makes one, as a medium that rots does; for tests. */
    public void rot(String key, byte[] content) {
        objects.put(BlobKeys.require(key), content.clone());
    }

    private static BlobInfo info(String key, byte[] object) {
        return new BlobInfo(key, object.length, Instant.EPOCH);
    }

    private BlobException absent(String key) {
        return new BlobException(reference, key, Reason.ABSENT, "there is no such object", null, null);
    }
}
