package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.engine.repository.layout.Manifest;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.RepositoryDigests;
import org.imagingutility.engine.repository.layout.Table;

/**
 * Writes an image into a repository: a chunk's table when its frames are stored, the manifest last of all, when the file is published. Frames
 * that come without stored bytes were found or kept before ({@link RepositoryFile}). For one thread.
 */
final class RepositoryWriter implements ImageWriter {
    private final RepositoryFile file;
    private final ImageSpec spec;
    private final boolean copied;
    private final RepositoryDigests.Content content;
    private final List<Manifest.Chunk> chunks = new ArrayList<>();
    private final List<FrameInfo> frames = new ArrayList<>();
    private ChunkPlan plan;
    private long length;

    /**
     * Creates the writer.
     *
     * @param copied whether it is a copy, which says of itself what the original does and nothing else
     */
    RepositoryWriter(RepositoryFile file, ImageSpec spec, boolean copied) {
        this.copied = copied;
        this.file = file;
        this.spec = spec;
        this.content = new RepositoryDigests.Content(spec);
    }

    @Override
    public void beginChunk(ChunkPlan next) throws ImagingException {
        if (chunks.size() == Manifest.MAX_CHUNKS) {
            throw new UsageException("the image has more than " + Manifest.MAX_CHUNKS + " chunks", "choose a larger --chunk-size");
        }
        plan = next;
    }

    @Override
    public void writeFrame(FrameInfo frame, ByteBuffer stored) throws ImagingException {
        FrameInfo kept = frame;
        if (stored.hasRemaining()) {
            Optional<FrameInfo> found = file.find(frame);
            if (found.isPresent()) {
                kept = found.get();
            } else {
                kept = file.keep(frame, stored).frame();
            }
        }
        frames.add(kept);
        content.add(kept, plan.extents());
        length += kept.storedLength();
    }

    @Override
    public void endChunk() throws ImagingException {
        Table table = new Table(plan.deviceOffset(), plan.deviceLength(), spec.level(), plan.extents(), frames);
        Digest digest = file.keepTable(table);
        long stored = 0;
        long unreadable = 0;
        for (FrameInfo frame : frames) {
            stored += frame.storedLength();
            unreadable += frame.unreadable().totalLength();
        }
        chunks.add(new Manifest.Chunk(plan.deviceOffset(), plan.deviceLength(), frames.size(), plan.extents().totalLength(), stored, unreadable,
                digest));
        frames.clear();
        plan = null;
    }

    @Override
    public ImageDigests finish(Metadata statistics) throws ImagingException {
        ImageDigests digests = new ImageDigests(RepositoryDigests.image(spec, chunks), content.digest());
        byte[] bytes = new Manifest(List.of(), file.repository().configuration().id(), file.name(), spec, copied ? statistics : withStored(statistics), digests, chunks).encode();
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new UsageException("the manifest has " + bytes.length + " bytes", "choose a larger --chunk-size");
        }
        String key = ObjectNames.image(file.name(), spec.created(), RepositoryDigests.of(bytes));
        file.finished(ObjectNames.imageKey(key).orElseThrow(), bytes);
        return digests;
    }

    private Metadata withStored(Metadata statistics) {
        Map<String, Object> facts = new TreeMap<>(statistics.values());
        facts.putAll(file.stored().values());
        return Metadata.of(facts);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void close() {
        // what was stored is found by the next run
    }
}
