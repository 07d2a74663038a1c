package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.LayoutVisitor;
import org.imagingutility.format.skz.file.ImageOutput;

/**
 * Writes the parts of an image that are not what they must be. Only bytes that differ are written, from the first to the
 * last of a part, and each gets the value it had: a write that was torn has changed no byte for the worse. For one thread.
 */
final class LayoutRepair implements LayoutVisitor {
    private final DamagedImage image;
    private final Consumer<Damage> rewritten;

    LayoutRepair(DamagedImage image, Consumer<Damage> rewritten) {
        this.image = image;
        this.rewritten = rewritten;
    }

    @Override
    public void bytes(long offset, ByteBuffer expected, String what) throws ImagingException {
        int first = expected.position();
        int end = expected.limit();
        ByteBuffer found = found(offset, expected.remaining());
        if (found != null) {
            int difference = found.mismatch(expected);
            if (difference < 0) {
                return;
            }
            while (found.get(end - first - 1) == expected.get(end - 1)) {
                end--;
            }
            first += difference;
        }
        long at = offset + first - expected.position();
        ByteBuffer part = ByteBuffer.allocateDirect(end - first).put(expected.duplicate().limit(end).position(first)).flip();
        image.in().file().write(at, part);
        tell(at, end - first, what);
    }

    @Override
    public void gap(int codecWireId, long zeros, long offset, long end, String what) throws ImagingException {
        if (image.gaps().storedLength(codecWireId, zeros) != end - offset) {
            return;
        }
        try {
            if (end <= image.in().length()
                    && image.gaps().firstDifference(codecWireId, zeros, image.in(), offset) < 0) {
                return;
            }
        } catch (ImageReadException e) {
            // what cannot be read is written again
            tell(offset, 0, what + " cannot be read");
        }
        image.gaps().write(codecWireId, zeros, new ImageOutput(image.in().file(), offset));
        tell(offset, end - offset, what);
    }

    /** What nothing dictates stays as it is. */
    @Override
    public void unknown(long offset, long length, String reason) {
    }

    private ByteBuffer found(long offset, int count) throws ImagingException {
        if (count > image.in().length() - offset) {
            return null;
        }
        try {
            return image.in().read(offset, count);
        } catch (ImageReadException e) {
            // what cannot be read is written again
            return null;
        }
    }

    private void tell(long offset, long length, String what) {
        rewritten.accept(new Damage(offset, length, Optional.empty(), what));
    }
}
