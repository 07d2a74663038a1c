package org.imagingutility.engine.frames;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.plugin.Plugins;

/**
 * Turns stored frames into content and proves that it is what was read from the device. Asks for the codec at every
 * frame, so that one that was replaced is used from the next frame on. For one thread.
 */
public final class FrameDecoder implements AutoCloseable {
    private final Plugins plugins;
    private final String image;
    private final Sha256 sha256 = new Sha256();
    private final ZeroTest zeroTest = new ZeroTest();
    private final CRC32C crc = new CRC32C();
    private Codec codec;
    private FrameDecompressor decompressor;

    /** Creates a decoder of the frames of {@code image}, which is named in errors. */
    public FrameDecoder(Plugins plugins, String image) {
        this.plugins = plugins;
        this.image = image;
    }

    /**
     * Decodes {@code stored} into {@code content} and leaves that ready to be read from.
     *
     * @throws ImageDamagedException if checksum, compressed data or digest do not hold
     */
    public void decode(StoredFrame task, ByteBuffer stored, ByteBuffer content) throws ImagingException {
        Optional<String> problem = problem(task, stored, content);
        if (problem.isPresent()) {
            throw new ImageDamagedException(image, task.entry().fileOffset(), "frame "
                    + task.entry().frame().frameIndex() + " (device bytes " + task.offset() + " to " + (task.end() - 1)
                    + "): " + problem.get(), "what lies before and behind it can be saved with export-range; "
                    + "verify lists all that is damaged");
        }
    }

    /** Decodes like {@link #decode}, but returns what does not hold, if something does not. */
    public Optional<String> problem(StoredFrame task, ByteBuffer stored, ByteBuffer content) throws ImagingException {
        return problem(task.entry().frame(), task.table().chunk().codecWireId(), stored, content);
    }

    /** Decodes a frame of the codec {@code codecWireId} like {@link #problem(StoredFrame, ByteBuffer, ByteBuffer)}. */
    public Optional<String> problem(FrameInfo frame, int codecWireId, ByteBuffer stored, ByteBuffer content)
            throws ImagingException {
        crc.reset();
        crc.update(stored.duplicate());
        if ((int) crc.getValue() != frame.storedCrc32c()) {
            return Optional.of(String.format("CRC-32C of the stored bytes is %08x, expected %08x", (int) crc.getValue(),
                    frame.storedCrc32c()));
        }
        content.clear().limit(frame.contentLength());
        // outside the try: that there is no decompressor is no fault of the image
        FrameDecompressor current = decompressor(codecWireId);
        try {
            current.decompress(stored.duplicate(), content);
        } catch (CodecException e) {
            return Optional.of(e.getMessage());
        }
        content.clear().limit(frame.contentLength());
        Digest digest = sha256.of(content);
        if (!digest.equals(frame.contentDigest())) {
            return Optional.of("SHA-256 of the content is " + digest + ", expected " + frame.contentDigest());
        }
        return frame.kind() == FrameKind.ZERO && !zeroTest.isZero(content)
                ? Optional.of("is said to be all zeros, but is not") : Optional.empty();
    }

    @Override
    public void close() {
        if (decompressor != null) {
            decompressor.close();
            decompressor = null;
        }
    }

    private FrameDecompressor decompressor(int codecWireId) throws ImagingException {
        Codec current = plugins.codecByWireId(codecWireId, "image \"" + image + "\"");
        if (current != codec) {
            close();
            decompressor = current.newDecompressor();
            codec = current;
        }
        return decompressor;
    }
}
