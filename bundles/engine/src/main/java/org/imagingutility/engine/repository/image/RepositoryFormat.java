package org.imagingutility.engine.repository.image;

import java.util.List;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.repository.layout.Configuration;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/** The format of images in repositories. Used by several threads at once. */
public final class RepositoryFormat implements ContainerFormat {
    /** The one there is. */
    public static final RepositoryFormat INSTANCE = new RepositoryFormat();
    private static final int ZSTD_WIRE_ID = 1;

    private RepositoryFormat() {
    }

    @Override
    public String name() {
        return RepositoryStore.NAME;
    }

    @Override
    public boolean recognises(ImageFile file) {
        return file instanceof RepositoryFile;
    }

    @Override
    public ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException {
        RepositoryFile target = inRepository(file);
        if (!spec.codecName().equals(Configuration.ZSTD) || spec.codecWireId() != ZSTD_WIRE_ID) {
            throw new UsageException("a repository keeps frames of the codec zstd, not of " + spec.codecName(), "leave --codec out");
        }
        target.begin();
        target.comparedWith(earlier(target, spec), true);
        target.heeding(DamageMarks.of(target.repository()));
        return new RepositoryWriter(target, spec, false);
    }

    /**
     * Begins a copy of an image of another repository. Unlike a new image it takes nothing on trust: each frame is looked up, so that one that
     * was lost is stored again.
     */
    public ImageWriter createCopy(RepositoryFile target, ImageInfo original) throws ImagingException {
        target.begin();
        target.comparedWith(same(target, original), false);
        target.heeding(DamageMarks.of(target.repository()));
        return new RepositoryWriter(target, original.spec(), true);
    }

    /** Returns the image that an earlier copy made of {@code original}, whose frames may be stored in other forms. */
    private static EarlierImage same(RepositoryFile target, ImageInfo original) throws ImagingException {
        Repository repository = target.repository();
        for (ImageKey key : repository.images(ObjectNames.imagesAt(target.name(), original.spec().created()))) {
            try {
                RepositoryReader reader = RepositoryReader.open(repository, key);
                if (reader.info().digests().content().equals(original.digests().content())) {
                    return new EarlierImage(reader);
                }
            } catch (ImageDamagedException | ImageReadException | ImageFormatException e) {
                // it is copied anew, beside that one
                continue;
            }
        }
        return EarlierImage.NONE;
    }

    /** Returns the newest image of the name if its frames are of the same size. */
    private static EarlierImage earlier(RepositoryFile target, ImageSpec spec) throws ImagingException {
        Repository repository = target.repository();
        List<ImageKey> images = repository.images(ObjectNames.imagesOf(target.name()));
        if (images.isEmpty()) {
            return EarlierImage.NONE;
        }
        ImageKey newest = images.get(images.size() - 1);
        try {
            RepositoryReader reader = RepositoryReader.open(repository, newest);
            return reader.info().spec().frameSize() == spec.frameSize() ? new EarlierImage(reader) : EarlierImage.NONE;
        } catch (ImageDamagedException | ImageReadException | ImageFormatException e) {
            // no reason not to make a new one: its frames are looked up one by one
            return EarlierImage.NONE;
        }
    }

    @Override
    public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
        return new RepositoryReader(inRepository(file));
    }

    private static RepositoryFile inRepository(ImageFile file) throws UsageException {
        if (file instanceof RepositoryFile repository) {
            return repository;
        }
        throw new UsageException("\"" + file.reference() + "\" is not in a repository", "REPOSITORY#NAME; make a repository with: imaging"
                + " repository init");
    }
}
