package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
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
    private final WriterMarks marks;
    private EarlierImage earlier = EarlierImage.NONE;
    private ImageKey key;
    private byte[] manifest;
    private boolean closed;

    private RepositoryFile(String reference, Repository repository, String name, boolean created, ImageKey key, byte[] manifest) {
        this.reference = reference;
        this.repository = repository;
        this.marks = new WriterMarks(repository);
        this.name = name;
        this.created = created;
        this.key = key;
        this.manifest = manifest;
    }

    static RepositoryFile create(String reference, Repository repository, String name) {
        return new RepositoryFile(reference, repository, name, true, null, new byte[0]);
    }

    static RepositoryFile open(String reference, Repository repository, ImageKey key, byte[] manifest) {
        return new RepositoryFile(reference, repository, key.name(), false, key, manifest);
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
    ImageKey key() {
        return key;
    }

    /** Returns the bytes of the manifest; none of a new image that is not finished. */
    byte[] manifest() {
        return manifest;
    }

    /** Has frames looked for in {@code image} first. */
    void comparedWith(EarlierImage image) {
        earlier = image;
    }

    /** Takes the manifest of a new image. */
    void finished(ImageKey newKey, byte[] bytes) {
        key = newKey;
        manifest = bytes;
    }

    /** Looks at the marks of prunes before anything is read that the image may refer to. */
    void begin() throws ImagingException {
        marks.begin();
    }

    @Override
    public Optional<FrameInfo> find(FrameInfo frame) throws ImagingException {
        Stored stored = known.get(frame.contentDigest());
        if (stored == null) {
            Optional<Stored> found = earlier.find(frame);
            if (found.isEmpty() || !isUsable(frame, found.get())) {
                found = repository.findFrame(frame.contentDigest(), form -> isUsable(frame, form));
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            stored = found.get();
            remember(frame.contentDigest(), stored);
        }
        return Optional.of(as(frame, stored));
    }

    /** Says whether the image may refer to that form of the frame, which is there as far as is known; if so, it does. */
    private boolean isUsable(FrameInfo frame, Stored form) throws ImagingException {
        FrameInfo stored = as(frame, form);
        return switch (marks.refer(ObjectNames.frame(stored))) {
            case FREE -> true;
            case LOOK_UP -> repository.frameLength(stored).equals(Optional.of((long) form.length()));
            case LOST -> false;
        };
    }

    private static FrameInfo as(FrameInfo frame, Stored stored) {
        return new FrameInfo(frame.frameIndex(), frame.kind(), frame.contentLength(), stored.length(), stored.crc32c(),
                frame.contentDigest(), frame.unreadable());
    }

    @Override
    public FrameInfo keep(FrameInfo frame, ByteBuffer stored) throws ImagingException {
        FrameInfo kept = frame;
        ByteBuffer bytes = stored;
        for (int blocks = 1; marks.refer(ObjectNames.frame(kept)) == WriterMarks.Use.LOST; blocks++) {
            if (blocks > MOST_FORMS) {
                throw lost(ObjectNames.frame(frame));
            }
            bytes = EmptyBlocks.in(stored, blocks);
            CRC32C crc = new CRC32C();
            crc.update(bytes.duplicate());
            kept = as(frame, new Stored((int) crc.getValue(), bytes.remaining()));
        }
        repository.keepFrame(kept, bytes);
        remember(frame.contentDigest(), new Stored(kept.storedCrc32c(), kept.storedLength()));
        return kept;
    }

    /** Stores a table and returns its digest. */
    Digest keepTable(Table table) throws ImagingException {
        for (int again = 0; again <= MOST_FORMS; again++) {
            byte[] bytes = table.encode(again);
            if (bytes.length > Table.MAX_BYTES) {
                throw new UsageException("the table of a chunk has " + bytes.length + " bytes", "choose a smaller --chunk-size");
            }
            Digest digest = RepositoryDigests.of(bytes);
            if (marks.refer(ObjectNames.table(digest)) != WriterMarks.Use.LOST) {
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
        marks.look();
        marks.requireFresh();
        repository.keep(key.key(), manifest);
        try {
            marks.requireAwake();
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
            repository.close();
        }
    }
}
