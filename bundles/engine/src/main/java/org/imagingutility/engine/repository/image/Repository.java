package org.imagingutility.engine.repository.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.layout.Configuration;
import org.imagingutility.engine.repository.layout.DamageNote;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.RepositoryDigests;
import org.imagingutility.engine.repository.layout.Table;

/** An open repository: its objects by what they are. Used by several threads at once. */
public final class Repository implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final int MOST_FORMS = 16;
    private static final int MOST_TORN = 5;

    private final RetriedBlobs blobs;
    private final Configuration configuration;
    private final RepositoryClock clock;
    private final PruneObjects prunes;

    private Repository(RetriedBlobs blobs, Configuration configuration, RepositoryClock clock) {
        this.blobs = blobs;
        this.clock = clock;
        this.configuration = configuration;
        this.prunes = new PruneObjects(this);
    }

    /** Opens the repository at {@code reference}. The caller closes it. */
    public static Repository open(BlobStoreProvider provider, String reference) throws ImagingException {
        return open(provider.open(reference), Thread::sleep, RepositoryClock.SYSTEM);
    }

    /** Opens the repository in {@code store}, with a clock and pauses of its own. */
    public static Repository open(BlobStore store, RetriedBlobs.Pause pause, RepositoryClock clock) throws ImagingException {
        RetriedBlobs blobs = new RetriedBlobs(store, pause);
        try {
            return new Repository(blobs, RepositoryPlace.configuration(blobs), clock);
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                blobs.close();
            } catch (ImagingException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Returns the configuration. */
    public Configuration configuration() {
        return configuration;
    }

    /** Returns the reference of the place. */
    public String reference() {
        return blobs.reference();
    }

    /** Returns a page of the objects of {@code prefix} whose keys are greater than {@code after}; the last is shorter than {@code limit}. */
    public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        return blobs.list(prefix, after, limit);
    }

    /** Returns the manifests whose keys begin with {@code prefix}, in order; objects that are none are passed over. */
    public List<ObjectNames.ImageKey> images(String prefix) throws ImagingException {
        List<ObjectNames.ImageKey> images = new ArrayList<>();
        String after = "";
        List<BlobInfo> page;
        do {
            page = blobs.list(prefix, after, PAGE);
            for (BlobInfo one : page) {
                ObjectNames.imageKey(one.key()).ifPresent(images::add);
                after = one.key();
            }
        } while (page.size() == PAGE);
        return images;
    }

    /** Reads an object. */
    public byte[] read(String image, String key, int most) throws ImagingException {
        Optional<BlobInfo> found = blobs.stat(key);
        if (found.isEmpty()) {
            throw new ImageReadException(image, -1, "object \"" + key + "\" is missing", null);
        }
        if (found.get().length() > most) {
            throw new ImageDamagedException(image, -1, "object \"" + key + "\" has " + found.get().length() + " bytes, at most " + most
                    + " were expected", null);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) found.get().length());
        read(image, key, bytes);
        return bytes.array();
    }

    /** Reads the table with that digest. */
    public Table table(String image, Digest digest) throws ImagingException {
        String key = ObjectNames.table(digest);
        byte[] bytes = read(image, key, Table.MAX_BYTES);
        Digest found = RepositoryDigests.of(bytes);
        if (!found.equals(digest)) {
            throw new ImageDamagedException(image, -1, "object \"" + key + "\" has SHA-256 " + found, null);
        }
        try {
            return Table.decode(bytes);
        } catch (IOException e) {
            throw new ImageDamagedException(image, -1, "object \"" + key + "\": " + e.getMessage(), null);
        }
    }

    /** Reads the stored bytes of a frame, as many as remain in {@code target}. */
    void frame(String image, FrameInfo frame, long place, ByteBuffer target) throws ImagingException {
        String key = ObjectNames.frame(frame);
        try {
            blobs.get(key, target);
        } catch (BlobException e) {
            throw reading(image, key, place, e);
        }
    }

    private void read(String image, String key, ByteBuffer target) throws ImagingException {
        try {
            blobs.get(key, target);
        } catch (BlobException e) {
            throw reading(image, key, -1, e);
        }
    }

    private static ImagingException reading(String image, String key, long place, BlobException e) {
        return switch (e.reason()) {
            case ABSENT -> new ImageReadException(image, place, "object \"" + key + "\" is missing", e);
            case FAILED -> new ImageReadException(image, place, e.getMessage(), e);
            default -> e;
        };
    }

    /** Returns how long the object of a frame is; empty if there is none. */
    public Optional<Long> frameLength(FrameInfo frame) throws ImagingException {
        return blobs.stat(ObjectNames.frame(frame)).map(BlobInfo::length);
    }

    /** Says whether the place has a frame of that content in that form, whole by its length. */
    boolean hasFrame(Digest content, ObjectNames.Stored stored) throws ImagingException {
        return blobs.stat(ObjectNames.frame(content, stored)).filter(found -> found.length() == stored.length()).isPresent();
    }

    /** Says whether a form of a frame is one that is looked for. */
    interface Choice {
        boolean takes(ObjectNames.Stored form) throws ImagingException;
    }

    /** Returns the stored bytes of a frame of that content that the place has whole, the first that {@code choice} takes. */
    Optional<ObjectNames.Stored> findFrame(Digest content, Choice choice) throws ImagingException {
        for (BlobInfo one : blobs.list(ObjectNames.framesOf(content), "", MOST_FORMS)) {
            Optional<ObjectNames.Stored> stored = ObjectNames.stored(content, one.key());
            if (stored.isPresent() && stored.get().length() == one.length() && choice.takes(stored.get())) {
                return stored;
            }
        }
        return Optional.empty();
    }

    /**
     * Stores a frame, unless it is there. One that is there in part is what a torn put left, and is stored anew; so is one that is
     * {@code doubted} and has other bytes.
     *
     * @return false if it was there
     */
    boolean keepFrame(FrameInfo frame, ByteBuffer stored, boolean doubted) throws ImagingException {
        String key = ObjectNames.frame(frame);
        return keep(key, stored, doubted ? () -> isThere(key, stored)
                : () -> blobs.stat(key).map(found -> found.length() == frame.storedLength()).orElse(false));
    }

    private boolean isThere(String key, ByteBuffer bytes) throws ImagingException {
        Optional<BlobInfo> found = blobs.stat(key);
        if (found.isEmpty() || found.get().length() != bytes.remaining()) {
            return false;
        }
        ByteBuffer there = ByteBuffer.allocate(bytes.remaining());
        try {
            blobs.get(key, there);
        } catch (BlobException e) {
            if (e.reason() == Reason.ABSENT || e.reason() == Reason.FAILED) {
                // what cannot be read is not there
                return false;
            }
            throw e;
        }
        return there.flip().equals(bytes);
    }

    /** Notes that a frame is damaged or missing, unless that is noted. Whoever has its content then stores it anew. */
    public void mark(FrameInfo frame, String reason) throws ImagingException {
        byte[] note = new DamageNote(Instant.now().truncatedTo(ChronoUnit.SECONDS), reason).encode();
        blobs.putIfAbsent(ObjectNames.damage(frame.contentDigest(), ObjectNames.Stored.of(frame)), ByteBuffer.wrap(note));
    }

    /**
     * Takes the note away that a frame is damaged: it is whole. A note that may not be deleted stays, which costs reading the frame now and then.
     *
     * @return whether there was one, and is none now
     */
    public boolean unmark(FrameInfo frame) throws ImagingException {
        String key = ObjectNames.damage(frame.contentDigest(), ObjectNames.Stored.of(frame));
        try {
            boolean noted = blobs.stat(key).isPresent();
            blobs.delete(key);
            return noted;
        } catch (BlobException e) {
            if (e.reason() != Reason.DENIED) {
                throw e;
            }
            return false;
        }
    }

    /** Stores an object, unless it is there; one that is there with other bytes is what a torn put left, and is stored anew. */
    void keep(String key, byte[] bytes) throws ImagingException {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        keep(key, content, () -> isThere(key, content));
    }

    /** Says whether what is there is what is to be stored. */
    private interface Comparison {
        boolean same() throws ImagingException;
    }

    /** Returns when an object was put, by the clock of the place; empty if there is none. */
    public Optional<Instant> stored(String key) throws ImagingException {
        return blobs.stat(key).map(BlobInfo::stored);
    }

    /** Returns the objects of prunes. */
    public PruneObjects prunes() {
        return prunes;
    }

    /** Returns the clock. */
    public RepositoryClock clock() {
        return clock;
    }

    /** Returns what the place can do. */
    public BlobTraits traits() {
        return blobs.traits();
    }

    /** Puts an object if there is none; returns whether it was put now. One of the same bytes, if that is so, may be an answer that was lost. */
    public boolean putIfAbsent(String key, byte[] bytes) throws ImagingException {
        return blobs.putIfAbsent(key, ByteBuffer.wrap(bytes));
    }

    /** Deletes an object; one that is not there is fine. */
    public void delete(String key) throws ImagingException {
        blobs.delete(key);
    }

    /** Returns the bytes of an object; empty if there is none, or it is longer than {@code most}. */
    public Optional<byte[]> find(String key, int most) throws ImagingException {
        Optional<BlobInfo> found = blobs.stat(key);
        if (found.isEmpty() || found.get().length() > most) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) found.get().length());
        try {
            blobs.get(key, bytes);
        } catch (BlobException e) {
            if (e.reason() == Reason.ABSENT) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(bytes.array());
    }

    private boolean keep(String key, ByteBuffer bytes, Comparison there) throws ImagingException {
        for (int tried = 0; tried < MOST_TORN; tried++) {
            if (blobs.putIfAbsent(key, bytes)) {
                return true;
            }
            if (there.same()) {
                return false;
            }
            blobs.delete(key);
        }
        throw new BlobException(reference(), key, Reason.FAILED, "each time it is stored, other bytes are there",
                "look at what else writes there", null);
    }

    @Override
    public void close() throws ImagingException {
        blobs.close();
    }
}
