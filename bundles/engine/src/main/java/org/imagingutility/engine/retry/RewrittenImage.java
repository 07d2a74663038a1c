package org.imagingutility.engine.retry;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.frames.FrameBuffers;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.FrameEncoder;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.write.ProbingCodec;
import org.imagingutility.engine.write.Timestamps;

/**
 * A new image that takes the place of an old one and differs from it in some frames. Frames that do not differ are copied
 * as they are stored. Closed without {@link #publish}, it leaves nothing behind. For one thread.
 */
final class RewrittenImage implements AutoCloseable {
    private static final String HASH = "hash.";

    private final Plugins plugins;
    private final String reference;
    private final ImageReader old;
    private final ContainerFormat format;
    private final FrameBuffers buffers;
    private final LinearHashes hashes;
    private final boolean hashed;
    private final FrameDecoder decoder;
    private final FrameEncoder encoder;
    private final ImageFile file;
    private final ImageWriter writer;
    private final CRC32C crc = new CRC32C();
    private boolean published;

    RewrittenImage(Plugins plugins, String reference, ImageReader old, FrameBuffers buffers, boolean writeThrough)
            throws ImagingException {
        this.plugins = plugins;
        this.reference = reference;
        this.old = old;
        this.buffers = buffers;
        ImageSpec spec = spec(old);
        Codec codec = ProbingCodec.asIn(spec, plugins.codecByWireId(spec.codecWireId(), "image \"" + reference + "\""));
        this.hashes = new LinearHashes(old.info().statistics().values().keySet().stream().filter(key -> key.startsWith(HASH))
                .map(key -> key.substring(HASH.length())).toList());
        this.hashed = old.info().statistics().values().keySet().stream().anyMatch(key -> key.startsWith(HASH));
        this.format = plugins.formatNamed(old.info().formatName());
        this.decoder = new FrameDecoder(plugins, reference);
        this.encoder = new FrameEncoder(codec.newCompressor(spec.level()));
        ImageFile created = null;
        try {
            created = plugins.storeFor(reference).create(reference, new CreateOptions(true, writeThrough));
            this.writer = format.create(created, spec, plugins);
        } catch (ImagingException | RuntimeException | Error e) {
            encoder.close();
            discard(created, e);
            throw e;
        }
        this.file = created;
    }

    /** The image is that of the same moment; only a chunk that is longer than the header says needs another header. */
    private static ImageSpec spec(ImageReader old) {
        ImageSpec spec = old.info().spec();
        long chunkSize = spec.chunkSize();
        for (int i = 0; i < old.chunkCount(); i++) {
            long frames = (old.chunk(i).deviceLength() - 1) / spec.frameSize() + 1;
            chunkSize = Math.max(chunkSize, frames * spec.frameSize());
        }
        return new ImageSpec(spec.deviceLength(), spec.sectorSize(), spec.frameSize(), chunkSize, spec.codecName(),
                spec.codecWireId(), spec.level(), spec.usedOnly(), spec.created(), old.chunkCount(), spec.plannedFrames(),
                spec.metadata());
    }

    void beginChunk(ChunkTable table) throws ImagingException {
        writer.beginChunk(new ChunkPlan(table.chunk().deviceOffset(), table.chunk().deviceLength(), table.extents()));
    }

    void endChunk() throws ImagingException {
        writer.endChunk();
    }

    /** Writes a frame as it is in the old image. */
    void copy(StoredFrame task) throws ImagingException {
        ByteBuffer stored = buffers.readStored(old, task, reference);
        FrameInfo frame = task.entry().frame();
        boolean sameCodec = task.table().chunk().codecWireId() == old.info().spec().codecWireId();
        if (sameCodec && !hashed) {
            check(task, stored);
            writer.writeFrame(frame, stored);
            return;
        }
        decoder.decode(task, stored, buffers.content());
        hashes.add(task.offset(), buffers.content());
        if (sameCodec) {
            writer.writeFrame(frame, stored);
        } else {
            writer.writeFrame(encoder.encode(frame.frameIndex(), buffers.content(), buffers.encoded().clear(), frame.unreadable()),
                    buffers.encoded());
        }
    }

    /** Writes a frame with the content that the buffers hold now. */
    void write(StoredFrame task, ExtentList unreadable) throws ImagingException {
        hashes.add(task.offset(), buffers.content());
        FrameInfo frame = encoder.encode(task.entry().frame().frameIndex(), buffers.content(), buffers.encoded().clear(), unreadable);
        writer.writeFrame(frame, buffers.encoded());
    }

    private void check(StoredFrame task, ByteBuffer stored) throws ImageDamagedException {
        crc.reset();
        crc.update(stored.duplicate());
        if ((int) crc.getValue() != task.entry().frame().storedCrc32c()) {
            throw new ImageDamagedException(reference, task.entry().fileOffset(), String.format(
                    "frame %d: CRC-32C of the stored bytes is %08x, expected %08x", task.entry().frame().frameIndex(),
                    (int) crc.getValue(), task.entry().frame().storedCrc32c()), "verify lists all that is damaged");
        }
    }

    /** Completes the image, reads back what it says of itself, and returns that. */
    Finished finish() throws ImagingException {
        SortedMap<String, Digest> linear = hashes.finish(old.info().spec().deviceLength());
        Map<String, Object> facts = new TreeMap<>(old.info().statistics().values());
        facts.put("finished", Timestamps.notBefore(old.info().spec().created()).toString());
        linear.forEach((name, digest) -> facts.put(HASH + name, digest.toHex()));
        ImageDigests digests = writer.finish(Metadata.of(facts));
        try (ImageReader reader = format.open(file, plugins)) {
            if (!reader.info().digests().equals(digests)) {
                throw new ImageDamagedException(file.reference(), -1, "what was just written reads back with the digests "
                        + reader.info().digests() + ", expected " + digests, "check the medium it is on; the old image stays");
            }
            return new Finished(reader.info(), linear);
        }
    }

    /**
     * What was made.
     *
     * @param info what the new image says of itself
     * @param linearHashes its linear digests, by name; those the old one had
     */
    record Finished(ImageInfo info, SortedMap<String, Digest> linearHashes) {
    }

    /** Puts the new image in the place of the old one, which is closed by now. */
    void publish() throws ImagingException {
        file.publish();
        published = true;
    }

    @Override
    public void close() throws ImagingException {
        encoder.close();
        decoder.close();
        try {
            writer.close();
        } finally {
            if (published) {
                file.close();
            } else {
                file.discard();
            }
        }
    }

    private static void discard(ImageFile created, Throwable error) {
        try {
            if (created != null) {
                created.discard();
            }
        } catch (ImagingException e) {
            error.addSuppressed(e);
        }
    }
}
