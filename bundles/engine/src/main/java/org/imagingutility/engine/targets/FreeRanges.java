package org.imagingutility.engine.targets;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.progress.Checkpoint;

/**
 * What becomes of those ranges of a target that an image has as free: they stay as they are, become zeros, or are given back to
 * what the target lies on. Goes over the target once, from its begin to its end. For one thread at a time.
 */
public final class FreeRanges {
    /** As much is given back at once: nobody who wants the job to stop or to hold waits for longer than that takes. */
    private static final long STEP = 256L << 20;
    /** Less than that is not given back: the call costs more than it gains, and a file would go to pieces. */
    private static final long LEAST = 64 << 10;
    private static final int ZERO_BLOCK = 1 << 20;
    private static final int ALIGNMENT = 4096;

    private WritableDevice target;
    private final boolean zeroFree;
    private final boolean discard;
    private final Checkpoint checkpoint;
    private final ByteBuffer zeros;
    private boolean givesBack;
    private long doneTo;
    private long bytesWritten;
    private long bytesGivenBack;

    /**
     * Creates the ranges of {@code target}.
     *
     * @param zeroFree whether what is free has to read as zeros afterwards
     * @param discard whether it is to be given back; without {@code zeroFree} it then reads as anything
     */
    public FreeRanges(WritableDevice target, boolean zeroFree, boolean discard, Checkpoint checkpoint) {
        this.target = target;
        // in a file that was just made, what is not written is a hole already
        this.zeroFree = zeroFree && !target.fresh();
        this.discard = discard && !target.fresh();
        this.checkpoint = checkpoint;
        this.givesBack = this.zeroFree || this.discard;
        this.zeros = this.zeroFree ? ByteBuffer.allocateDirect(ZERO_BLOCK + ALIGNMENT).alignedSlice(ALIGNMENT) : null;
    }

    /** Resumes the same target, opened again. */
    public void reopened(WritableDevice sameTarget) {
        target = sameTarget;
    }

    /** All from the last place on up to byte {@code offset} is free. */
    public void upTo(long offset) throws ImagingException {
        boolean pieceIsLarge = offset - doneTo >= LEAST;
        for (boolean first = true; (zeroFree || givesBack) && doneTo < offset; first = false) {
            if (!first) {
                checkpoint.checkpoint();
            }
            long to = Math.min(offset, (doneTo / STEP + 1) * STEP);
            boolean cleared = givesBack && pieceIsLarge && giveBack(doneTo, to);
            if (zeroFree && !cleared) {
                to = Math.min(to, doneTo + ZERO_BLOCK);
                writeZeros(doneTo, to);
            }
            doneTo = to;
        }
    }

    /** All up to byte {@code end} is written, or nothing to be touched. */
    public void taken(long end) {
        doneTo = end;
    }

    private boolean giveBack(long from, long to) throws ImagingException {
        Clearing clearing = target.clear(from, to - from, zeroFree);
        bytesGivenBack += clearing.bytes();
        if (clearing.refusal().isEmpty()) {
            return true;
        }
        givesBack = false;
        if (discard) {
            checkpoint.notice("what is free on \"" + target.info().reference() + "\" is not given back"
                    + (zeroFree ? ", but written as zeros" : "") + ": " + clearing.refusal().get());
        }
        return false;
    }

    private void writeZeros(long from, long to) throws ImagingException {
        int bytes = (int) (to - from);
        target.write(from, zeros.clear().limit(bytes));
        bytesWritten += bytes;
    }

    /** Returns how many zeros were written. */
    public long bytesWritten() {
        return bytesWritten;
    }

    /** Returns how much was given back. */
    public long bytesGivenBack() {
        return bytesGivenBack;
    }
}
