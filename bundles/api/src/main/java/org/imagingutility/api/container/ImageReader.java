package org.imagingutility.api.container;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads one complete image. Used by several threads at once. Opening reads header, index and footer only. The reader
 * does not own the {@link org.imagingutility.api.store.ImageFile}. Codecs are the caller's business: the reader
 * delivers stored bytes.
 */
@ConsumerType
public interface ImageReader extends AutoCloseable {

    /** Returns what the image says of itself. */
    ImageInfo info();

    /** Returns the number of chunks. */
    int chunkCount();

    /** Returns the entry of chunk {@code chunkIndex}. */
    ChunkInfo chunk(int chunkIndex);

    /** Returns the chunk whose range of the device holds {@code deviceOffset}, or -1 if no chunk does (all is zero there). */
    int findChunk(long deviceOffset);

    /**
     * Reads what chunk {@code chunkIndex} holds and checks it against its digest.
     *
     * @throws org.imagingutility.api.error.ImageDamagedException if it does not hold
     */
    ChunkTable table(int chunkIndex) throws ImagingException;

    /**
     * Says whether {@link #table} has looked at the stored bytes of all frames and proven their content, because the format has
     * no smaller thing to prove. Then to check a sample of the frames spares nothing, and all of them are checked.
     */
    default boolean tableProvesContent() {
        return false;
    }

    /**
     * Computes the content digest from the tables of all chunks: from the very digests that frames are compared with when they
     * are decoded. So it is that of the content as soon as all frames were decoded and compared. The image digest must have
     * been computed from what it covers when the image was opened, and compared with the one in {@link #info}.
     *
     * @return empty if the format has no digests of the whole; then none of {@link ImageInfo#digests} says anything
     * @throws org.imagingutility.api.error.ImageDamagedException if a table does not hold
     * @throws org.imagingutility.api.error.ImageReadException if one cannot be read
     */
    default Optional<Digest> computeContentDigest() throws ImagingException {
        return Optional.empty();
    }

    /** Reads the stored bytes of a frame into {@code target}, which has exactly that many remaining. Checks nothing. */
    void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException;

    /**
     * Checks all that lies outside the chunks: header, index and their copies, footer, digests, and that the parts of
     * the file leave no gap. Continues after damage and reports each.
     */
    void checkStructure(Consumer<Damage> damages) throws ImagingException;

    /**
     * Checks all in a chunk but the stored bytes of its frames: heads, tables and their copies, gaps. Continues after
     * damage and reports each.
     */
    void checkChunk(ChunkTable table, Consumer<Damage> damages) throws ImagingException;

    @Override
    void close() throws ImagingException;
}
