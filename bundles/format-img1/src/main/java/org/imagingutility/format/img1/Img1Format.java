package org.imagingutility.format.img1;

import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.osgi.service.component.annotations.Component;

/**
 * Images of the C# tool, versions 1 to 3, for reading only. An image that was interrupted or cut off opens as well, as far as its
 * chunks are whole; what is lost is a chunk of the reader whose table does not hold. Used by several threads at once; it has no
 * state.
 */
@Component
public final class Img1Format implements ContainerFormat {
    static final String NAME = "img1";

    /** Creates the format. */
    public Img1Format() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(ImageFile file) throws ImagingException {
        return Header.begins(file);
    }

    /**
     * Writes no images.
     *
     * @throws UsageException always
     */
    @Override
    public ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException {
        throw new UsageException("container format " + NAME + " is for reading images of the C# tool: no new ones are written"
                + " in it, because it has no checksum of header and index and no access to a part of a chunk", "choose format skz");
    }

    /**
     * {@inheritDoc}
     *
     * <p>Opens an image without an index too: that its end is missing is reported by {@link ImageReader#checkStructure}, and what
     * it costs is a chunk whose table fails.
     */
    @Override
    public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
        return new Img1Reader(file, LayoutReader.read(file));
    }

    /**
     * Repairs no images.
     *
     * @throws ImageFormatException always
     */
    @Override
    public SalvagedImage salvage(ImageFile file, CodecLookup codecs, SearchMonitor monitor) throws ImagingException {
        if (!recognises(file)) {
            throw new ImageFormatException(file.reference(), 0, "does not begin as an image does", "check that this is an image");
        }
        throw new ImageFormatException(file.reference(), -1, "is an image of the C# tool, which cannot be repaired: it has no"
                + " copy of anything", "save what is whole with export-range; verify lists what is damaged");
    }
}
