package org.imagingutility.api.container;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is left of an image, be it damaged, cut off or unfinished. Nothing is changed but by {@link #rewrite}.
 * {@link #readStored} and {@link #chunkAt} are used by several threads at once, all else by one. Does not own the
 * {@link org.imagingutility.api.store.ImageFile}.
 */
@ConsumerType
public interface SalvagedImage extends AutoCloseable {

    /** Returns what was fixed when the image was started; the chunk size is that of its largest chunk, if that is more. */
    ImageSpec spec();

    /** Returns the facts that were known when the image was finished, if they are left. */
    Optional<Metadata> statistics();

    /** Says whether the image was finished. If not, nobody knows what was in use behind its last chunk. */
    boolean finished();

    /** Starts a pass over the device, from its begin to its end. {@code damages} is told what does not hold on the way. */
    Pass pass(Consumer<Damage> damages);

    /** Checks all that lies outside the chunks. Continues after damage and tells of each. */
    void checkStructure(Consumer<Damage> damages) throws ImagingException;

    /** Returns the chunk that holds {@code deviceOffset}, if one is left whose allocation map is. */
    Optional<Salvaged.Chunk> chunkAt(long deviceOffset) throws ImagingException;

    /** Reads the stored bytes of a frame into {@code target}, which has exactly that many remaining. Checks nothing. */
    void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException;

    /** Says why {@link #rewrite} cannot be called; empty if it can. */
    Optional<String> obstacle();

    /**
     * Rewrites in the file what does not hold and can be derived from what does: structures, never the stored bytes of
     * frames. Each byte becomes the one that was written first, so that a file whose rewriting was stopped anywhere is at
     * least as whole as before. Two copies of one thing are never written without a force between them. Returns when all is
     * on stable storage.
     *
     * @param rewritten is told of each structure that was written
     */
    void rewrite(Consumer<Damage> rewritten) throws ImagingException;

    @Override
    void close() throws ImagingException;

    /** A pass over what is left of the device. For one thread. */
    @ConsumerType
    interface Pass {

        /** Returns the next part, null at the end. Parts ascend and do not overlap; what lies between them was not in use. */
        Salvaged next() throws ImagingException;
    }
}
