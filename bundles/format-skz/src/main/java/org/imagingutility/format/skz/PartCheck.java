package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImagingException;

/** Compares the parts of a damaged image with what they must be and tells of those that differ. For one thread. */
final class PartCheck implements PartVisitor {
    private final ImageTrace image;
    private final Comparison comparison;

    PartCheck(ImageTrace image, Consumer<Damage> damages) {
        this.image = image;
        this.comparison = new Comparison(image.in(), image.gaps(), damages);
    }

    @Override
    public void bytes(long offset, ByteBuffer expected, String what) throws ImagingException {
        if (fits(offset, expected.remaining(), what)) {
            comparison.bytes(offset, expected, what);
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
        if (length > image.in().length() - offset) {
            comparison.report(offset, length, what + " is cut off: the file ends at byte " + image.in().length());
            return false;
        }
        return true;
    }
}
