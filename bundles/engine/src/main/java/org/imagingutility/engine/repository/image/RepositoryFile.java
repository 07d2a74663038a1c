package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;
import org.imagingutility.engine.repository.layout.ObjectNames.Stored;
import org.imagingutility.engine.repository.layout.RepositoryDigests;
import org.imagingutility.engine.repository.layout.Table;
import org.imagingutility.engine.sink.FrameSink;

/**
 * An image in a repository: its bytes are those of its manifest. That of a new one is complete when its writer has finished, and stored when
 * it is published. Frames are found and kept from several threads at once.
 */
public final class RepositoryFile implements ImageFile, FrameSink {
    /** Frames that this run stored or looked up; some 10 MiB of them. */
    private static final int MOST_KNOWN = 65_536;
    /** Most forms of one content that are tried while prunes delete others: far fewer bytes than any codec allows for. */
    private static final int MOST_FORMS = 16;

    private final String reference;
    private final Repository repository;
    private final String name;
    private final boolean created;
    private final Map<Digest, Stored> known = new ConcurrentHashMap<>();
    /** Whether the repository is closed with this. */
    private final boolean owner;
    private final WriterMarks prunes;
    private final LongAdder framesStored = new LongAdder();
    private final LongAdder bytesStored = new LongAdder();
    private EarlierImage earlier = EarlierImage.NONE;
    private DamageMarks damaged = DamageMarks.NONE;
    /** Whether what the earlier image has is taken to be there. */
    private boolean trusting = true;
    private ImageKey key;
    private byte[] manifest;
    private boolean closed;

    private RepositoryFile(String reference, Repository repository, boolean owner, String name, boolean created, ImageKey key, byte[] manifest) {
        this.reference = reference;
        this.repository = repository;
        this.owner = owner;
        this.prunes = new WriterMarks(repository);
        this.name = name;
        this.created = created;
        this.key = key;
        this.manifest = manifest;
    }

    static RepositoryFile create(String reference, Repository repository, String name) {
        return new RepositoryFile(reference, repository, true, name, true, null, new byte[0]);
    }

    /** Begins an image of that name in a repository that stays the caller's. */
    public static RepositoryFile createShared(Repository repository, String name) {
        return new RepositoryFile(repository.reference() + "#" + name, repository, false, name, true, null, new byte[0]);
    }

    static RepositoryFile open(String reference, Repository repository, ImageKey key, byte[] manifest) {
        return new RepositoryFile(reference, repository, true, key.name(), false, key, manifest);
    }

    /** Returns the facts of a new image about what was stored for it: of what it refers to, what was not there. */
    Metadata stored() {
        return Metadata.of(Map.of("repository.newFrames", framesStored.sum(), "repository.newBytes", bytesStored.sum()));
    }

    /** Returns the repository. */
    Repository repository() {
        return repository;
    }

    /** Returns the name of the image. */
    String name() {
        return name;
    }

    /** Returns the key of the manifest; null of a new image that is not finished. */
    public ImageKey key() {
        return key;
    }

    /** Returns the bytes of the manifest; none of a new image that is not finished. */
    byte[] manifest() {
        return manifest;
    }

    /**
     * Has frames looked for in {@code image} first.
     *
     * @param trusted whether what it has is taken to be there; else it is looked up
     */
    void comparedWith(EarlierImage image, boolean trusted) {
        earlier = image;
        trusting = trusted;
    }

    /** Has frames that are noted as damaged stored anew. */
    void heeding(DamageMarks noted) {
        damaged = noted;
    }

    /** Takes the manifest of a new image. */
    void finished(ImageKey newKey, byte[] bytes) {
        key = newKey;
        manifest = bytes;
    }

    /** Looks at the marks of prunes before anything is read that the image may refer to. */
    void begin() throws ImagingException {
        prunes.begin();
    }

    @Override
    public Optional<FrameInfo> find(FrameInfo frame) throws ImagingException {
        Stored stored = known.get(frame.contentDigest());
        if (stored == null) {
            Optional<Stored> found = earlier.find(frame);
            if (found.isEmpty() || !isUsable(frame, found.get(), !trusting)) {
                found = repository.findFrame(frame.contentDigest(), form -> isUsable(frame, form, false));
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            stored = found.get();
            remember(frame.contentDigest(), stored);
        }
        return Optional.of(as(frame, stored));
    }

    /**
     * Refers to a frame in the form that it has, without looking for others.
     *
     * @return whether the image does so now; else it is to be looked for, or stored
     */
    public boolean refer(FrameInfo frame) throws ImagingException {
        Stored form = Stored.of(frame);
        if (!isUsable(frame, form, false)) {
            return false;
        }
        remember(frame.contentDigest(), form);
        return true;
    }

    /**
     * Says whether the image may refer to that form of the frame; if so, it does.
     *
     * @param doubted whether it has to be looked up; else it is there as far as is known
     */
    private boolean isUsable(FrameInfo frame, Stored form, boolean doubted) throws ImagingException {
        if (damaged.has(frame.contentDigest(), form)) {
            return false;
        }
        return switch (prunes.refer(ObjectNames.frame(as(frame, form)))) {
            case FREE -> !doubted || repository.hasFrame(frame.contentDigest(), form);
            case LOOK_UP -> repository.hasFrame(frame.contentDigest(), form);
            case LOST -> false;
        };
    }

    private static FrameInfo as(FrameInfo frame, Stored stored) {
        return new FrameInfo(frame.frameIndex(), frame.kind(), frame.contentLength(), stored.length(), stored.crc32c(),
                frame.contentDigest(), frame.unreadable());
    }

    @Override
    public Kept keep(FrameInfo frame, ByteBuffer stored) throws ImagingException {
        FrameInfo kept = frame;
        ByteBuffer bytes = stored;
        for (int blocks = 1; prunes.refer(ObjectNames.frame(kept)) == WriterMarks.Use.LOST; blocks++) {
            if (blocks > MOST_FORMS) {
                throw lost(ObjectNames.frame(frame));
            }
            bytes = EmptyBlocks.in(stored, blocks);
            CRC32C crc = new CRC32C();
            crc.update(bytes.duplicate());
            kept = as(frame, new Stored((int) crc.getValue(), bytes.remaining()));
        }
        Stored form = Stored.of(kept);
        boolean stores = repository.keepFrame(kept, bytes, damaged.has(frame.contentDigest(), form));
        if (stores) {
            framesStored.increment();
            bytesStored.add(form.length());
        }
        remember(frame.contentDigest(), form);
        return new Kept(kept, stores);
    }

    /** Stores a table and returns its digest. */
    Digest keepTable(Table table) throws ImagingException {
        for (int again = 0; again <= MOST_FORMS; again++) {
            byte[] bytes = table.encode(again);
            if (bytes.length > Table.MAX_BYTES) {
                throw new UsageException("the table of a chunk has " + bytes.length + " bytes", "choose a smaller --chunk-size");
            }
            Digest digest = RepositoryDigests.of(bytes);
            if (prunes.refer(ObjectNames.table(digest)) != WriterMarks.Use.LOST) {
                repository.keep(ObjectNames.table(digest), bytes);
                return digest;
            }
        }
        throw lost(ObjectNames.TABLES);
    }

    private BlobException lost(String object) {
        return new BlobException(repository.reference(), object, BlobException.Reason.TRANSIENT, "is being deleted by prunes in " + MOST_FORMS
                + " forms", "let a prune end, then run this again", null);
    }

    private void remember(Digest content, Stored stored) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(content, stored);
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public String lastingReference() {
        return key == null ? reference : key.reference(repository.reference());
    }

    @Override
    public boolean seekable() {
        return true;
    }

    @Override
    public long length() {
        return manifest.length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImageReadException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        if (offset > manifest.length || target.remaining() > manifest.length - offset) {
            throw new ImageReadException(reference, offset, "the manifest ends at byte " + manifest.length, null);
        }
        target.put(manifest, (int) offset, target.remaining());
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        throw new IllegalStateException("\"" + reference + "\" is in a repository, where objects are put as a whole");
    }

    @Override
    public void truncate(long length) {
        if (!created || length != 0) {
            throw new IllegalStateException("\"" + reference + "\" cannot be cut to " + length);
        }
        manifest = new byte[0];
    }

    @Override
    public void force() {
        // each object is on stable storage when it is put
    }

    @Override
    public void publish() throws ImagingException {
        if (!created || key == null) {
            throw new IllegalStateException("\"" + reference + "\" is not one that was finished");
        }
        prunes.look();
        prunes.requireFresh();
        repository.keep(key.key(), manifest);
        try {
            prunes.requireAwake();
        } catch (BlobException e) {
            // what it refers to may have been deleted before it was there
            repository.delete(key.key());
            throw e;
        }
    }

    /** {@inheritDoc} What was stored stays: the next run finds it. */
    @Override
    public void discard() throws ImagingException {
        close();
    }

    @Override
    public void close() throws ImagingException {
        if (!closed) {
            closed = true;
            if (owner) {
                repository.close();
            }
        }
    }
}
