package org.imagingutility.api.container;

import java.nio.ByteBuffer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one image. For one thread. Order of calls:
 * <ol>
 * <li>for each chunk, in device order: {@link #beginChunk}, then {@link #writeFrame} for each of its frames in device
 *     order, then {@link #endChunk};
 * <li>{@link #finish}, once;
 * <li>{@link #close}, always. Without {@code finish} the file never opens as a complete image, and
 *     {@link ContainerFormat#reopen} finds what was written.
 * </ol>
 * The writer does not own the {@link org.imagingutility.api.store.ImageFile} and neither publishes nor closes it.
 */
@ConsumerType
public interface ImageWriter extends AutoCloseable {

    /** Begins a chunk that starts at or after the end of the last one. */
    void beginChunk(ChunkPlan plan) throws ImagingException;

    /**
     * Writes the next frame.
     *
     * @param frame describes it; its index is that of the next window with data in the chunk's plan
     * @param stored its stored bytes, {@code frame.storedLength()} of them; may be reused when the call returns
     */
    void writeFrame(FrameInfo frame, ByteBuffer stored) throws ImagingException;

    /** Ends the chunk. All frames of the plan were written. The index says so only when the chunk is on stable storage. */
    void endChunk() throws ImagingException;

    /**
     * Completes the image and returns when all of it is on stable storage.
     *
     * @param statistics facts about the finished image
     */
    ImageDigests finish(Metadata statistics) throws ImagingException;

    /** Returns the length of the image so far in bytes. */
    long length();

    @Override
    void close() throws ImagingException;
}
