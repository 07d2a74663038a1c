package org.imagingutility.engine.repository.image;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.repository.layout.Manifest;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/** The images in one repository. */
public final class RepositoryStore implements ImageStore {
    /** The name of it and of the format of what is in it. */
    public static final String NAME = "repository";
    private static final int SHOWN = 10;

    private final BlobStoreProvider provider;
    private final ImageReference place;

    private RepositoryStore(BlobStoreProvider provider, ImageReference place) {
        this.provider = provider;
        this.place = place;
    }

    /** Returns the store for {@code image} if {@code provider} has a repository at its place. A place that fails is an error, not none. */
    public static Optional<ImageStore> of(BlobStoreProvider provider, ImageReference image) throws ImagingException {
        if (!provider.accepts(image.repository())) {
            return Optional.empty();
        }
        BlobStore place;
        try {
            place = provider.open(image.repository());
        } catch (BlobException e) {
            if (e.reason() == BlobException.Reason.TRANSIENT || !provider.acceptsAny()) {
                throw e;
            }
            // no place: the reference, which has no form of its own, may mean a file with such a name
            return Optional.empty();
        }
        try (place) {
            return RepositoryPlace.isAt(place) ? Optional.of(new RepositoryStore(provider, image)) : Optional.empty();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String reference) {
        return ImageReference.of(reference).map(ImageReference::repository).equals(Optional.of(place.repository()));
    }

    /** {@inheritDoc} Each image stands beside those before it: nothing is ever replaced. */
    @Override
    public ImageFile create(String reference, CreateOptions options) throws ImagingException {
        ImageReference image = image(reference);
        if (!image.time().isEmpty()) {
            throw new UsageException("\"" + reference + "\": the time of a new image is that of now", "leave \"@" + image.time() + "\" out");
        }
        return RepositoryFile.create(reference, Repository.open(provider, image.repository()), image.name());
    }

    /** {@inheritDoc} What a run stored that did not end is found by the next, so an image is never resumed but made again. */
    @Override
    public Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
        return Optional.of(create(reference, options));
    }

    @Override
    public ImageFile open(String reference) throws ImagingException {
        ImageReference image = image(reference);
        Repository repository = Repository.open(provider, image.repository());
        try {
            ImageKey key = key(repository, image);
            return RepositoryFile.open(reference, repository, key, repository.read(reference, key.key(), Manifest.MAX_BYTES));
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                repository.close();
            } catch (ImagingException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static ImageKey key(Repository repository, ImageReference image) throws ImagingException {
        List<ImageKey> all = repository.images(ObjectNames.imagesOf(image.name()) + image.time());
        if (all.isEmpty()) {
            List<String> others = repository.images(ObjectNames.IMAGES).stream().map(ImageKey::name).distinct().limit(SHOWN).toList();
            throw new ImageReadException(image.reference(), -1, "there is no such image in the repository"
                    + (others.isEmpty() ? ", which has none" : "; it has images of " + String.join(", ", others)), null);
        }
        if (!image.time().isEmpty() && all.size() > 1) {
            throw new UsageException("\"" + image.reference() + "\" may mean " + all.size() + " images, from " + all.get(0).time() + " to "
                    + all.get(all.size() - 1).time(), "say more of the time");
        }
        return all.get(all.size() - 1);
    }

    private static ImageReference image(String reference) throws UsageException {
        return ImageReference.of(reference).orElseThrow(() -> new UsageException("\"" + reference + "\" is no image in a repository",
                "REPOSITORY#NAME, or REPOSITORY#NAME@TIME"));
    }
}
