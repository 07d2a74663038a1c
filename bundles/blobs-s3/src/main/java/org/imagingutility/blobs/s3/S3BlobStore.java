package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImagingException;

/** Objects in a bucket. Used by several threads at once. */
final class S3BlobStore implements BlobStore {
    private static final int NO_CONTENT = 204;
    private static final int CONFLICT = 412;
    private static final int NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final S3Place place;
    private final BlobTraits traits;
    /** Whether the bucket is known to be there: of an object, a server says only that there is none. */
    private volatile boolean bucketSeen;
    private volatile boolean closed;

    S3BlobStore(S3Client client, boolean conditionalPut, int requestsAtOnce) {
        this.client = client;
        this.place = client.place();
        this.traits = new BlobTraits(conditionalPut, true, true, requestsAtOnce);
    }

    @Override
    public String reference() {
        return place.reference().text();
    }

    @Override
    public BlobTraits traits() {
        return traits;
    }

    @Override
    public Optional<BlobInfo> stat(String key) throws ImagingException {
        requireKey(key);
        String what = "cannot be looked up: ";
        try {
            Answer answer = client.send("HEAD", place.object(key));
            if (answer.status() == Answer.NOT_FOUND) {
                requireBucket(key, what);
                return Optional.empty();
            }
            if (answer.status() != Answer.OK) {
                throw explained(key, what, answer);
            }
            bucketSeen = true;
            OptionalLong length = answer.length();
            if (length.isEmpty()) {
                throw S3Failures.wrong(place, key, "the server does not say how long it is");
            }
            return Optional.of(new BlobInfo(key, length.getAsLong(), time(key, answer)));
        } catch (IOException e) {
            throw S3Failures.of(place, key, what, e);
        }
    }

    private Instant time(String key, Answer answer) throws BlobException {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("last-modified").orElse("")));
        } catch (DateTimeException e) {
            throw S3Failures.wrong(place, key, "the server does not say when it was stored");
        }
    }

    /** Returns the error of an answer to {@code HEAD}, which has no body that says why: a list that fails has. */
    private BlobException explained(String key, String what, Answer answer) throws IOException, ImagingException {
        Answer list = list();
        return S3Failures.of(place, key, what, list.status() == Answer.OK ? answer : list);
    }

    private Answer list() throws IOException, ImagingException {
        return client.send("GET", place.bucket(new TreeMap<>(Map.of("list-type", "2", "max-keys", "1", "prefix", place.reference().prefix()))));
    }

    private void requireBucket(String key, String what) throws IOException, ImagingException {
        if (!bucketSeen) {
            Answer answer = list();
            if (answer.status() == Answer.NOT_FOUND) {
                throw S3Failures.of(place, key, what, answer);
            }
            bucketSeen = answer.status() == Answer.OK;
        }
    }

    @Override
    public void get(String key, long offset, ByteBuffer target) throws ImagingException {
        requireKey(key);
        if (offset < 0 || offset > Long.MAX_VALUE - target.remaining()) {
            throw new IllegalArgumentException("offset " + offset);
        }
        if (!target.hasRemaining()) {
            requirePresent(key);
            return;
        }
        String what = "cannot be read: ";
        int wanted = target.remaining();
        try {
            Answer answer = client.get(place.object(key), offset, target);
            if (answer.status() == Answer.OK || answer.status() == Answer.PARTIAL) {
                requireWhole(key, offset, wanted, target, answer);
            } else if (answer.status() == NOT_SATISFIABLE) {
                throw S3Failures.wrong(place, key, "ends before byte " + offset);
            } else {
                throw S3Failures.of(place, key, what, answer);
            }
        } catch (IOException e) {
            throw S3Failures.of(place, key, what, e);
        }
    }

    private void requireWhole(String key, long offset, int wanted, ByteBuffer target, Answer answer) throws BlobException {
        Optional<Answer.Part> part = Answer.part(answer.status(), answer.headers());
        if (part.isPresent() && part.get().total() - wanted < offset) {
            throw S3Failures.wrong(place, key, "ends at byte " + part.get().total() + ", " + wanted + " bytes were expected at byte " + offset);
        }
        if (target.hasRemaining()) {
            throw S3Failures.wrong(place, key, "cannot be read: the server sent other bytes than those " + wanted + " at byte " + offset);
        }
    }

    @Override
    public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
        requireKey(key);
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("object \"" + key + "\" without a byte");
        }
        if (!traits.conditionalPut() && stat(key).isPresent()) {
            throw S3Failures.exists(place, key);
        }
        String what = "cannot be stored: ";
        try {
            Answer answer = client.put(place.object(key), traits.conditionalPut() ? Map.of("if-none-match", "*") : Map.of(), content);
            if (answer.status() == CONFLICT) {
                throw S3Failures.exists(place, key);
            }
            if (answer.status() != Answer.OK) {
                throw S3Failures.of(place, key, what, answer);
            }
            bucketSeen = true;
        } catch (IOException e) {
            throw S3Failures.of(place, key, what, e);
        }
    }

    @Override
    public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        requireOpen();
        BlobKeys.requirePrefix(prefix);
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("limit " + limit);
        }
        return new S3List(client, prefix, after, limit, S3List.USUAL_PAGE).objects();
    }

    /** {@inheritDoc} S3 does not tell whether there was one, so that it is asked before. */
    @Override
    public void delete(String key) throws ImagingException {
        requirePresent(key);
        String what = "cannot be deleted: ";
        try {
            Answer answer = client.send("DELETE", place.object(key));
            if (answer.status() != NO_CONTENT && answer.status() != Answer.OK) {
                throw S3Failures.of(place, key, what, answer);
            }
        } catch (IOException e) {
            throw S3Failures.of(place, key, what, e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requirePresent(String key) throws ImagingException {
        if (stat(key).isEmpty()) {
            throw S3Failures.absent(place, key);
        }
    }

    private void requireKey(String key) {
        requireOpen();
        BlobKeys.require(key);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("\"" + reference() + "\" is closed");
        }
    }
}
