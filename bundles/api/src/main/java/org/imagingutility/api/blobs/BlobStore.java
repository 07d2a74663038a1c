package org.imagingutility.api.blobs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open place for objects. All methods may come from several threads at once, and other programs may use the place meanwhile. Keys are
 * as {@link BlobKeys} has them; a key that is none is an {@link IllegalArgumentException}.
 *
 * <p>Errors are {@link org.imagingutility.api.error.BlobException}s; those that may pass are told apart from those that will not, and
 * are not retried here: that is the caller's business.
 */
@ConsumerType
public interface BlobStore extends AutoCloseable {

    /** Returns the reference the place was opened by. */
    String reference();

    /** Returns what the place can do. */
    BlobTraits traits();

    /** Returns the object of that key, or empty if there is none. Sees what was put before ({@link #putIfAbsent}) by anybody. */
    Optional<BlobInfo> stat(String key) throws ImagingException;

    /**
     * Reads {@code target.remaining()} bytes of an object from {@code offset} on and moves the target's position to its limit. To read
     * all of an object, ask {@link #stat} for its length first.
     *
     * @throws org.imagingutility.api.error.BlobException {@code ABSENT} if there is no such object, {@code FAILED} if it ends before
     *         the last of the bytes
     */
    void get(String key, long offset, ByteBuffer target) throws ImagingException;

    /**
     * Puts an object if there is none of that key. When this returns, the object is on stable storage under its key, with all of
     * its bytes. If it fails, there may be none, or the whole object; places that cannot promise that say so
     * ({@link BlobTraits#atomicPut}), and may leave a part.
     *
     * @param content the bytes that remain, at least one; its position is left where it is
     * @throws org.imagingutility.api.error.BlobException {@code EXISTS} if there is an object of that key; it is as it was
     */
    void putIfAbsent(String key, ByteBuffer content) throws ImagingException;

    /**
     * Lists objects in ascending order of their keys, character by character.
     *
     * @param prefix with what the keys begin; may end within a part of a key, and be empty
     * @param after only keys greater than this one, which need not exist; empty for all
     * @param limit most objects that are returned, 1 to 10 000
     * @return fewer than {@code limit} only if there are no more. A place whose lists lag ({@link BlobTraits#listsAtOnce}) may leave out what
     *         was put and show what was deleted just now, nothing else
     */
    List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException;

    /**
     * Deletes an object.
     *
     * @throws org.imagingutility.api.error.BlobException {@code ABSENT} if there is none, {@code DENIED} if it may not be deleted (yet)
     */
    void delete(String key) throws ImagingException;

    /** Ends the use of the place; may be called twice. */
    @Override
    void close() throws ImagingException;
}
