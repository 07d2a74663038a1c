package org.imagingutility.api.container;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is whole of an image that was not finished. Its structure was checked when it was opened: every whole chunk holds
 * but, perhaps, for the stored bytes of its frames, and the chunks that may not have been on stable storage hold with the
 * checksums of their stored bytes. Whether the stored bytes of the others hold is for the caller to find out. Read by several
 * threads at once. Does not own the {@link org.imagingutility.api.store.ImageFile}.
 */
@ConsumerType
public interface UnfinishedImage extends AutoCloseable {

    /** Returns what was fixed when the image was started. */
    ImageSpec spec();

    /** Returns the number of whole chunks at its begin. */
    int chunkCount();

    /** Returns what whole chunk {@code chunkIndex} holds. */
    ChunkTable table(int chunkIndex) throws ImagingException;

    /** Returns the chunk behind the whole ones, if its head and at least one frame of it are whole. */
    Optional<PartialChunk> partialChunk();

    /** Returns where the part that is whole ends, a byte offset in the file. What lies behind is lost when the image is resumed. */
    long wholeLength();

    /** Says what ended the part that is whole, if it was damage rather than the end of what was written: found and expected. */
    Optional<String> damage();

    /** Reads the stored bytes of a frame into {@code target}, which has exactly that many remaining. Checks nothing. */
    void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException;

    /**
     * Cuts the file behind what is kept, forces that, and returns a writer that continues there. If {@code point} keeps
     * frames of a chunk, the writer is within that chunk: the caller writes the rest of the chunk's frames, made with the
     * codec and level of that chunk, and ends it. Once, last; reads of this object fail afterwards.
     *
     * @throws org.imagingutility.api.error.UsageException if the image cannot have chunks of that codec or size
     */
    ImageWriter resume(ResumePoint point) throws ImagingException;

    @Override
    void close() throws ImagingException;
}
