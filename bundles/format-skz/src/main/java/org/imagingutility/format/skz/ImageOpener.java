package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;

/** Opens complete images: reads footer, header and one of the two indexes, nothing else. */
final class ImageOpener {
    private final ImageInput in;
    private final CodecLookup codecs;

    private ImageOpener(ImageInput in, CodecLookup codecs) {
        this.in = in;
        this.codecs = codecs;
    }

    static SkzReader open(ImageInput in, CodecLookup codecs) throws ImagingException {
        return new ImageOpener(in, codecs).open();
    }

    private SkzReader open() throws ImagingException {
        ByteBuffer front = null;
        ImageDamagedException frontDamage = null;
        try {
            // first of all, for it tells that the image is of a newer version
            front = in.structure(StructureKind.HEADER, 0, in.length());
            Header.parse(front, in.place(0));
        } catch (ImageDamagedException e) {
            frontDamage = e;
        }
        Footer footer = footer(front, frontDamage);
        boolean frontHolds = frontDamage == null && front.limit() == footer.headerLength()
                && SkzDigests.imageId(front) == footer.imageId();
        ByteBuffer headerBytes = frontHolds ? front : headerCopy(footer, frontDamage);
        Header header = Header.parse(headerBytes, in.place(frontHolds ? 0 : footer.headerCopyOffset()));
        List<IndexSlot> slots = slots(new IndexSlots(in, headerBytes, header.spec(), footer));
        return new SkzReader(new OpenImage(in, headerBytes, header, footer, slots, codecs));
    }

    private Footer footer(ByteBuffer front, ImageDamagedException frontDamage) throws ImagingException {
        ByteBuffer locator = locator(in).orElse(null);
        if (locator == null) {
            if (frontDamage != null) {
                ImageFormatException none = new ImageFormatException(in.image(), 0,
                        "is no complete skz image: it neither begins nor ends as one", null);
                none.addSuppressed(frontDamage);
                throw none;
            }
            throw UnfinishedImage.describe(in, front, codecs);
        }
        long offset = Footer.locatedOffset(locator);
        long length = Footer.locatedLength(locator);
        if (offset < 0 || length > in.length() || offset != in.length() - length) {
            throw new ImageFormatException(in.image(), in.length() - Footer.LOCATOR_LENGTH, "is not one whole image: its"
                    + " last bytes tell of a footer at byte " + Long.toUnsignedString(offset) + " with " + length
                    + " bytes, but the file has " + in.length() + " bytes", "get the file as it was written");
        }
        return Footer.parse(in.structure(StructureKind.FOOTER, offset, length, in.length()), in.length(),
                in.place(offset));
    }

    /** Returns the last bytes of the file if they are a locator. */
    static Optional<ByteBuffer> locator(ImageInput in) throws ImagingException {
        if (in.length() < Footer.LOCATOR_LENGTH) {
            return Optional.empty();
        }
        return Optional.of(in.read(in.length() - Footer.LOCATOR_LENGTH, Footer.LOCATOR_LENGTH))
                .filter(Footer::isLocator);
    }

    private ByteBuffer headerCopy(Footer footer, ImageDamagedException frontDamage) throws ImagingException {
        try {
            long offset = footer.headerCopyOffset();
            ByteBuffer copy = in.structure(StructureKind.HEADER, offset, footer.headerLength(), footer.fileOffset());
            if (SkzDigests.imageId(copy) != footer.imageId()) {
                throw in.place(offset).damaged("the header copy is not that of image %016x".formatted(footer.imageId()));
            }
            return copy;
        } catch (ImageDamagedException e) {
            if (frontDamage != null) {
                e.addSuppressed(frontDamage);
            }
            throw e;
        }
    }

    private static List<IndexSlot> slots(IndexSlots slots) throws ImagingException {
        try {
            return slots.fromCopy();
        } catch (ImageDamagedException copyDamage) {
            try {
                return slots.fromFront();
            } catch (ImageDamagedException frontDamage) {
                copyDamage.addSuppressed(frontDamage);
                throw copyDamage;
            }
        }
    }
}
