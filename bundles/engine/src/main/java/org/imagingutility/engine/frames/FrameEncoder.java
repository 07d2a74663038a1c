package org.imagingutility.engine.frames;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.sink.FrameSink;

/**
 * Turns content into stored frames. Zero frames are all alike, so it makes their stored form once for each length. For one
 * thread.
 */
public final class FrameEncoder implements AutoCloseable {
    private final FrameCompressor compressor;
    private final ZeroTest zeroTest = new ZeroTest();
    private final Sha256 sha256 = new Sha256();
    private final CRC32C crc = new CRC32C();
    private FrameInfo zeroFrame;
    private ByteBuffer zeroStored;

    /** Creates an encoder, which closes {@code compressor} when it is closed. */
    public FrameEncoder(FrameCompressor compressor) {
        this.compressor = compressor;
    }

    /**
     * Encodes what remains in {@code content} into {@code stored}, which is left ready to be read from.
     *
     * @param unreadable what of the frame's window is not known, in bytes of device
     */
    public FrameInfo encode(long frameIndex, ByteBuffer content, ByteBuffer stored, ExtentList unreadable)
            throws ImagingException {
        if (!zeroTest.isZero(content)) {
            return compress(frameIndex, FrameKind.DATA, content, stored, unreadable);
        }
        if (zeroFrame == null || zeroFrame.contentLength() != content.remaining()) {
            zeroFrame = compress(frameIndex, FrameKind.ZERO, content, stored, ExtentList.empty());
            zeroStored = ByteBuffer.allocate(stored.remaining()).put(stored.duplicate()).flip();
        } else {
            stored.put(zeroStored.duplicate()).flip();
        }
        return new FrameInfo(frameIndex, FrameKind.ZERO, zeroFrame.contentLength(), zeroFrame.storedLength(),
                zeroFrame.storedCrc32c(), zeroFrame.contentDigest(), unreadable);
    }

    /**
     * Encodes like {@link #encode}, but has {@code sink} keep the frame: one that is there is not compressed. {@code stored} is left with
     * nothing to be read from.
     */
    public FrameInfo encodeInto(FrameSink sink, long frameIndex, ByteBuffer content, ByteBuffer stored, ExtentList unreadable)
            throws ImagingException {
        FrameKind kind = zeroTest.isZero(content) ? FrameKind.ZERO : FrameKind.DATA;
        if (kind == FrameKind.ZERO && zeroFrame != null && zeroFrame.contentLength() == content.remaining()) {
            stored.limit(stored.position());
            return new FrameInfo(frameIndex, kind, zeroFrame.contentLength(), zeroFrame.storedLength(), zeroFrame.storedCrc32c(),
                    zeroFrame.contentDigest(), unreadable);
        }
        Digest digest = sha256.of(content);
        Optional<FrameInfo> kept = sink.find(new FrameInfo(frameIndex, kind, content.remaining(), 1, 0, digest, unreadable));
        FrameInfo frame;
        if (kept.isPresent()) {
            frame = kept.get();
        } else {
            frame = sink.keep(compress(frameIndex, kind, content, stored, unreadable, digest), stored).frame();
        }
        stored.limit(stored.position());
        if (kind == FrameKind.ZERO) {
            zeroFrame = frame;
        }
        return frame;
    }

    private FrameInfo compress(long frameIndex, FrameKind kind, ByteBuffer content, ByteBuffer stored, ExtentList unreadable)
            throws ImagingException {
        return compress(frameIndex, kind, content, stored, unreadable, sha256.of(content));
    }

    private FrameInfo compress(long frameIndex, FrameKind kind, ByteBuffer content, ByteBuffer stored, ExtentList unreadable, Digest digest)
            throws ImagingException {
        compressor.compress(content.duplicate(), stored);
        stored.flip();
        crc.reset();
        crc.update(stored.duplicate());
        return new FrameInfo(frameIndex, kind, content.remaining(), stored.remaining(), (int) crc.getValue(), digest,
                unreadable);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
