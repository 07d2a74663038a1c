package org.imagingutility.api.device;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that was opened as a target. Order of calls: any number of {@link #write} and {@link #clear} (from several threads,
 * not overlapping), then {@link #complete()}, then {@link #close()}. Closing without {@code complete()} gives up: a file
 * that was made for this target is removed, a device that was there before keeps what was written so far.
 */
@ConsumerType
public interface WritableDevice extends Device {

    /** Says whether every byte not yet written reads as zero (a file that was just made), so zeros need no writing. */
    boolean fresh();

    /**
     * Writes {@code source.remaining()} bytes at {@code offset}; alignment as for {@link #read}, but a range may also
     * end at {@link TargetOptions#requiredLength}, which need be no whole number of sectors.
     *
     * @throws org.imagingutility.api.error.TargetException if not all bytes could be written; its offset is the
     *         first byte that could not
     */
    void write(long offset, ByteBuffer source) throws ImagingException;

    /**
     * Gives a range back to what the target lies on, so that it takes no room there: by a discard on a block device, by a hole
     * in a file. With {@code zeros} the range reads as zeros afterwards; without, each byte of it reads as anything until it
     * is written, and what the target cannot give back because it works in larger units may stay as it is. Nothing outside the
     * range changes, whatever was written there before. May be called wherever {@link #write} may, and from several threads as
     * that.
     *
     * @param offset where the range begins; begin and end are aligned as for {@link #write}
     * @param length bytes, not negative; the call lasts as long as the target needs for them, so a caller that wants to be
     *        asked in between gives back a long range in pieces
     * @param zeros whether the range has to read as zeros afterwards
     * @return what was given back. If it was refused, the content of the range is undefined (who needs zeros writes them), and
     *         asking for another range in the same way is refused as well
     * @throws org.imagingutility.api.error.TargetException if bytes at the borders of the range that had to be written could not
     * @throws IllegalArgumentException if the range is outside the target or not aligned
     */
    default Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
        return Clearing.refused("targets of this kind have no means to give back what is free");
    }

    /**
     * Says whether reads are to come from the medium, past what the operating system has in its cache. What was written is
     * forced first. Not while others write or read. A target that cannot do that continues as before.
     *
     * @return whether reads come from the medium from now on
     * @throws org.imagingutility.api.error.TargetException if what was written cannot be forced
     */
    default boolean bypassCache(boolean bypass) throws ImagingException {
        return false;
    }

    /**
     * Prepares to be closed and opened again later, because the plug-in is about to be replaced: forces what was written, and
     * makes the {@link #close()} that follows keep a file that was made for this target. Not while others write; nothing is
     * written afterwards.
     *
     * @return what {@link DeviceProvider#reopenTarget} finds it again by; empty if the target cannot do that, and then closing
     *         does what it always does
     * @throws org.imagingutility.api.error.TargetException if what was written cannot be forced
     */
    default Optional<String> park() throws ImagingException {
        return Optional.empty();
    }

    /** Waits until all that was written is on stable storage and gives a file that was made its final name. */
    void complete() throws ImagingException;
}
