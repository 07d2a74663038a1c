package org.imagingutility.api.store;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open image file. {@link #read} and {@link #write} may come from several threads at once. {@link #close()} may be
 * called twice; closing a file that was created but not published keeps what was written, under another name than the
 * final one, so that {@link ImageStore#reopen} finds it.
 */
@ConsumerType
public interface ImageFile extends AutoCloseable {

    /** Returns the name the file was opened or created by. */
    String reference();

    /**
     * Returns the name by which this very file can be opened when it has been published, also where another one gets the name that it was
     * created by. Asked after {@link #publish}.
     */
    default String lastingReference() throws ImagingException {
        return reference();
    }

    /**
     * Says whether a write may go to any offset. If not, each write begins where the last one ended, and nothing that
     * was written can be changed or read back.
     */
    boolean seekable();

    /** Returns the length in bytes. */
    long length() throws ImagingException;

    /**
     * Reads {@code target.remaining()} bytes from {@code offset} on and moves the target's position to its limit.
     *
     * @throws org.imagingutility.api.error.ImageReadException if not all bytes can be read
     */
    void read(long offset, ByteBuffer target) throws ImagingException;

    /**
     * Writes {@code source.remaining()} bytes at {@code offset} and moves the source's position to its limit.
     *
     * @throws org.imagingutility.api.error.TargetException if not all bytes could be written
     */
    void write(long offset, ByteBuffer source) throws ImagingException;

    /** Cuts the file to {@code length} bytes. */
    void truncate(long length) throws ImagingException;

    /** Returns when all that was written before the call is on stable storage. */
    void force() throws ImagingException;

    /** Forces, then gives the file its final name, replacing what stood there if that was allowed. Once, last. */
    void publish() throws ImagingException;

    /** Gives up a file that was not published and removes what was written, then closes it. Instead of {@link #publish}. */
    void discard() throws ImagingException;

    /**
     * Says whether reads are to come from the medium, past what the operating system has in its cache. A store that cannot do
     * that continues as before.
     *
     * @return whether reads come from the medium from now on
     */
    default boolean bypassCache(boolean bypass) throws ImagingException {
        return false;
    }

    /** Returns the bytes that can still be written there, if the store can tell. */
    default OptionalLong usableSpace() throws ImagingException {
        return OptionalLong.empty();
    }

    @Override
    void close() throws ImagingException;
}
