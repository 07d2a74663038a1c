package org.imagingutility.format.skz.read;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.FooterLocator;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Finds the footer copy of a file whose last bytes may hold anything: searches backwards for a locator. Needs neither
 * header nor index. It takes the first locator that tells of a structure right before itself: JSON text and index slots,
 * which lie between, cannot look like that, so that one structure at most is read and checked whatever a file holds.
 * For one thread.
 */
public final class FooterCopySearch {
    /** Most bytes from the locator of the copy to the end of the file. */
    private static final long FARTHEST = IndexCopy.length(Limits.CHUNKS) + StructureKind.HEADER.maxLength()
            + StructureKind.FOOTER.maxLength() + FooterLocator.LENGTH;
    private static final int BLOCK = 64 << 10;
    /** A block that cannot be read is searched in parts, down to the smallest sector of a disk. */
    private static final int SMALLEST_PART = 512;
    /** On a failing disk each read may take seconds. */
    private static final int FAILED_READS = 100;

    private final ImageInput in;
    private int failedReads;

    /** Creates a search at the end of {@code in}. */
    public FooterCopySearch(ImageInput in) {
        this.in = in;
    }

    /** Returns the locator of what should be the footer copy, if there is one. */
    public Optional<FooterLocator> run() throws ImagingException {
        long farthest = Math.max(0, in.length() - FARTHEST);
        Optional<FooterLocator> found = Optional.empty();
        // the copy ends where the footer begins, or before it
        for (long to = in.length() - Footer.length(0) - FooterLocator.LENGTH; to > farthest && found.isEmpty(); to -= BLOCK) {
            found = search(Math.max(farthest, to - BLOCK), to);
        }
        return found;
    }

    /** Searches for a locator that begins at {@code from} to {@code to}, the last one first. */
    private Optional<FooterLocator> search(long from, long to) throws ImagingException {
        try {
            long tag = FooterLocator.tag(StructureKind.FOOTER_COPY);
            ByteBuffer block = in.read(from, (int) (to - from) + FooterLocator.LENGTH);
            for (int i = (int) (to - from); i >= 0; i--) {
                if (block.getLong(i + FooterLocator.TAG_AT) == tag) {
                    FooterLocator locator = FooterLocator.at(block, i);
                    if (locator.fits(from + i + FooterLocator.LENGTH)) {
                        return Optional.of(locator);
                    }
                }
            }
            return Optional.empty();
        } catch (ImageReadException e) {
            if (++failedReads > FAILED_READS) {
                throw e;
            }
            if (to - from <= SMALLEST_PART) {
                // what cannot be read is not the copy that is wanted; it may stand before
                return Optional.empty();
            }
            long middle = (from + to) >>> 1;
            Optional<FooterLocator> upper = search(middle, to);
            return upper.isPresent() ? upper : search(from, middle);
        }
    }
}
