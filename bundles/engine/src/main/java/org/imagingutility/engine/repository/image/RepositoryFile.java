package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;
import org.imagingutility.engine.repository.layout.ObjectNames.Stored;
import org.imagingutility.engine.sink.FrameSink;

/**
 * An image in a repository: its bytes are those of its manifest. That of a new one is complete when its writer has finished, and stored when
 * it is published. Frames are found and kept from several threads at once.
 */
public final class RepositoryFile implements ImageFile, FrameSink {
    /** Frames that this run stored or looked up; some 10 MiB of them. */
    private static final int MOST_KNOWN = 65_536;

    private final String reference;
    private final Repository repository;
    private final String name;
    private final boolean created;
    private final Map<Digest, Stored> known = new ConcurrentHashMap<>();
    /** Whether the repository is closed with this. */
    private final boolean owner;
    private EarlierImage earlier = EarlierImage.NONE;
    private DamageMarks marks = DamageMarks.NONE;
    /** Whether what the earlier image has is taken to be there. */
    private boolean trusting = true;
    private ImageKey key;
    private byte[] manifest;
    private boolean closed;

    private RepositoryFile(String reference, Repository repository, boolean owner, String name, boolean created, ImageKey key, byte[] manifest) {
        this.reference = reference;
        this.repository = repository;
        this.owner = owner;
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
        marks = noted;
    }

    /** Takes the manifest of a new image. */
    void finished(ImageKey newKey, byte[] bytes) {
        key = newKey;
        manifest = bytes;
    }

    @Override
    public Optional<FrameInfo> find(FrameInfo frame) throws ImagingException {
        Stored stored = known.get(frame.contentDigest());
        if (stored == null) {
            Optional<Stored> found = earlier.find(frame).filter(then -> !marks.has(frame.contentDigest(), then));
            if (found.isPresent() && !trusting && !repository.hasFrame(frame.contentDigest(), found.get())) {
                found = Optional.empty();
            }
            if (found.isEmpty()) {
                found = repository.findFrame(frame.contentDigest(), marks);
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            stored = found.get();
            remember(frame.contentDigest(), stored);
        }
        return Optional.of(new FrameInfo(frame.frameIndex(), frame.kind(), frame.contentLength(), stored.length(), stored.crc32c(),
                frame.contentDigest(), frame.unreadable()));
    }

    @Override
    public boolean keep(FrameInfo frame, ByteBuffer stored) throws ImagingException {
        Stored form = Stored.of(frame);
        boolean stores = repository.keepFrame(frame, stored, marks.has(frame.contentDigest(), form));
        remember(frame.contentDigest(), form);
        return stores;
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
        repository.keep(key.key(), manifest);
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
