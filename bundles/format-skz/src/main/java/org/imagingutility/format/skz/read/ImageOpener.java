package org.imagingutility.format.skz.read;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.file.OpenImage;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.FooterLocator;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.StructureKind;

/** Opens complete images: reads footer, header and one of the two indexes, nothing else. */
public final class ImageOpener {
    private final ImageInput in;
    private final CodecLookup codecs;

    private ImageOpener(ImageInput in, CodecLookup codecs) {
        this.in = in;
        this.codecs = codecs;
    }

    /**
     * Opens a complete image.
     *
     * @throws ImageFormatException if it is none, or not complete
     * @throws ImageDamagedException if too much of it is damaged to open it
     */
    public static SkzReader open(ImageInput in, CodecLookup codecs) throws ImagingException {
        return new ImageOpener(in, codecs).open();
    }

    private SkzReader open() throws ImagingException {
        ByteBuffer front = null;
        ImagingException frontDamage = null;
        try {
            // first of all, for it tells that the image is of a newer version
            front = in.structure(StructureKind.HEADER, 0, in.length());
            Header.parse(front, in.place(0));
        } catch (ImageDamagedException | ImageReadException e) {
            frontDamage = e;
        }
        Footer footer = footer(front, frontDamage);
        boolean frontHolds = frontDamage == null && front.limit() == footer.headerLength()
                && SkzDigests.imageId(front) == footer.imageId();
        ByteBuffer headerBytes = frontHolds ? front : headerCopy(footer, frontDamage);
        Header header = Header.parse(headerBytes, in.place(frontHolds ? 0 : footer.headerCopyOffset()));
        List<IndexSlot> slots = slots(new IndexReader(in, headerBytes, header.spec(), footer));
        return new SkzReader(new OpenImage(in, headerBytes, header, footer, slots, codecs));
    }

    /** Returns the footer, or the footer copy, by which the file is complete, if there is one that holds. */
    public static Optional<Footer> completeBy(ImageInput in) throws ImagingException {
        ImageOpener opener = new ImageOpener(in, null);
        try {
            Optional<Footer> last = opener.lastFooter();
            if (last.isPresent()) {
                return last;
            }
        } catch (ImageDamagedException | ImageFormatException e) {
            // no footer that holds; the copy decides
        }
        try {
            return opener.footerCopy();
        } catch (ImageDamagedException e) {
            // no copy that holds either: nothing says that the image is complete
            return Optional.empty();
        }
    }

    private Footer footer(ByteBuffer front, ImagingException frontDamage) throws ImagingException {
        ImagingException damage = null;
        try {
            Optional<Footer> last = lastFooter();
            if (last.isPresent()) {
                return last.get();
            }
        } catch (ImageDamagedException | ImageFormatException | ImageReadException e) {
            damage = e;
        }
        ImagingException copyDamage = null;
        try {
            Optional<Footer> copy = footerCopy();
            if (copy.isPresent()) {
                return copy.get();
            }
        } catch (ImageDamagedException | ImageReadException e) {
            copyDamage = e;
        }
        ImagingException reason = damage == null ? withoutFooter(front, frontDamage) : damage;
        if (copyDamage != null) {
            reason.addSuppressed(copyDamage);
        }
        throw reason;
    }

    /** Reads the footer at the end of the file; there is none if the file does not end with a locator. */
    private Optional<Footer> lastFooter() throws ImagingException {
        Optional<FooterLocator> locator = in.endLocator();
        if (locator.isEmpty()) {
            return Optional.empty();
        }
        FooterLocator place = locator.get();
        if (!place.fits(in.length())) {
            throw new ImageFormatException(in.image(), in.length() - FooterLocator.LENGTH, "is not one whole image: its"
                    + " last bytes tell of a footer at byte " + Long.toUnsignedString(place.offset()) + " with "
                    + place.length() + " bytes, but the file has " + in.length() + " bytes",
                    "get the file as it was written");
        }
        return Optional.of(footer(StructureKind.FOOTER, place));
    }

    /** Reads the footer copy, which must tell of a file as long as this one: so the footer was started, all else forced. */
    private Optional<Footer> footerCopy() throws ImagingException {
        Optional<FooterLocator> locator = new FooterCopySearch(in).run();
        return locator.isEmpty() ? Optional.empty()
                : Optional.of(footer(StructureKind.FOOTER_COPY, locator.get()));
    }

    private Footer footer(StructureKind kind, FooterLocator place) throws ImagingException {
        return Footer.parse(in.structure(kind, place.offset(), place.length(), in.length()), kind, in.length(),
                in.place(place.offset()));
    }

    private ImagingException withoutFooter(ByteBuffer front, ImagingException frontDamage) throws ImagingException {
        if (frontDamage == null) {
            return MissingFooterDiagnosis.describe(in, front, codecs);
        }
        if (frontDamage instanceof ImageReadException) {
            return frontDamage;
        }
        ImageFormatException none = new ImageFormatException(in.image(), 0,
                "is no complete skz image: it neither begins nor ends as one", null);
        none.addSuppressed(frontDamage);
        return none;
    }

    private ByteBuffer headerCopy(Footer footer, ImagingException frontDamage) throws ImagingException {
        try {
            long offset = footer.headerCopyOffset();
            ByteBuffer copy = in.structure(StructureKind.HEADER, offset, footer.headerLength(), footer.fileOffset());
            if (SkzDigests.imageId(copy) != footer.imageId()) {
                throw in.place(offset).damaged("the header copy is not that of image %016x".formatted(footer.imageId()));
            }
            return copy;
        } catch (ImageDamagedException | ImageReadException e) {
            if (frontDamage != null) {
                e.addSuppressed(frontDamage);
            }
            throw e;
        }
    }

    private static List<IndexSlot> slots(IndexReader slots) throws ImagingException {
        try {
            return slots.fromCopy();
        } catch (ImageDamagedException | ImageReadException copyDamage) {
            try {
                return slots.fromFront();
            } catch (ImageDamagedException | ImageReadException frontDamage) {
                copyDamage.addSuppressed(frontDamage);
                throw copyDamage;
            }
        }
    }
}
