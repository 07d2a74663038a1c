package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;

/** Compares parts of a file with what they must be and reports those that differ or cannot be read. For one thread. */
final class ByteComparison {
    private static final int PIECE = 1 << 20;

    private final ImageInput in;
    private final GapFrames gaps;
    private final Consumer<Damage> damages;

    ByteComparison(ImageInput in, GapFrames gaps, Consumer<Damage> damages) {
        this.in = in;
        this.gaps = gaps;
        this.damages = damages;
    }

    /**
     * Reports that the {@code length} bytes at {@code offset} do not hold; all of the device can be restored all the same.
     */
    void report(long offset, long length, String reason) {
        damages.accept(new Damage(offset, length, Optional.empty(), reason));
    }

    /** Says whether the file has {@code expected} at {@code offset}; reports nothing. */
    boolean same(long offset, ByteBuffer expected) throws ImagingException {
        try {
            return expected.remaining() <= in.length() - offset && firstDifference(offset, expected) < 0;
        } catch (ImageReadException e) {
            // the parts are looked at one by one, and those that cannot be read reported
            return false;
        }
    }

    /** Checks that the file has {@code expected} at {@code offset}. */
    void bytes(long offset, ByteBuffer expected, String what) throws ImagingException {
        try {
            int difference = firstDifference(offset, expected);
            if (difference >= 0) {
                report(offset, expected.remaining(), what + " is not what it must be, first at byte "
                        + (offset + difference));
            }
        } catch (ImageReadException e) {
            report(offset, expected.remaining(), what + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Returns the first byte that differs, counted from {@code offset}, or -1. Reads piece by piece: an index can be large.
     */
    private int firstDifference(long offset, ByteBuffer expected) throws ImagingException {
        for (int done = 0; done < expected.remaining(); done += PIECE) {
            int count = Math.min(PIECE, expected.remaining() - done);
            int difference = in.read(offset + done, count).mismatch(expected.slice(expected.position() + done, count));
            if (difference >= 0) {
                return done + difference;
            }
        }
        return -1;
    }

    /** Checks that the file has, from {@code offset} to {@code end}, the gap frames for {@code zeros} bytes of device. */
    void gap(int codecWireId, long zeros, long offset, long end, String what) throws ImagingException {
        long expected = gaps.storedLength(codecWireId, zeros);
        if (expected != end - offset) {
            report(offset, end - offset, what + " has " + (end - offset) + " bytes, expected " + expected);
            return;
        }
        try {
            long difference = gaps.firstDifference(codecWireId, zeros, in, offset);
            if (difference >= 0) {
                report(offset, end - offset, what + " is not what it must be, first in the gap frame at byte " + difference);
            }
        } catch (ImageReadException e) {
            report(offset, end - offset, what + " cannot be read: " + e.getMessage());
        }
    }
}
