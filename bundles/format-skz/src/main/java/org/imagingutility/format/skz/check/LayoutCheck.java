package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;

/** Compares the parts of an image with what they must be and tells of those that differ. For one thread. */
public final class LayoutCheck implements LayoutVisitor {
    private final ImageInput in;
    private final ByteComparison comparison;

    /** Creates a check of the file {@code in}, which tells {@code damages} of what it finds. */
    public LayoutCheck(ImageInput in, GapFrames gaps, Consumer<Damage> damages) {
        this.in = in;
        this.comparison = new ByteComparison(in, gaps, damages);
    }

    @Override
    public void bytes(long offset, ByteBuffer expected, String what) throws ImagingException {
        if (fits(offset, expected.remaining(), what)) {
            comparison.bytes(offset, expected, what);
        }
    }

    /** {@inheritDoc} They are read at once. */
    @Override
    public void records(long offset, ByteBuffer expected, int recordLength, IntFunction<String> name)
            throws ImagingException {
        if (!comparison.same(offset, expected)) {
            LayoutVisitor.super.records(offset, expected, recordLength, name);
        }
    }

    @Override
    public void gap(int codecWireId, long zeros, long offset, long end, String what) throws ImagingException {
        if (fits(offset, end - offset, what)) {
            comparison.gap(codecWireId, zeros, offset, end, what);
        }
    }

    @Override
    public void unknown(long offset, long length, String reason) {
        comparison.report(offset, length, reason);
    }

    private boolean fits(long offset, long length, String what) {
        if (length > in.length() - offset) {
            comparison.report(offset, length, what + " is cut off: the file ends at byte " + in.length());
            return false;
        }
        return true;
    }
}
