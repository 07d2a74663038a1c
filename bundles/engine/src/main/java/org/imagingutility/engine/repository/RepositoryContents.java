package org.imagingutility.engine.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.api.repository.RepositoryInfo;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryReader;
import org.imagingutility.engine.repository.layout.Configuration;
import org.imagingutility.engine.repository.layout.ObjectNames;

/** What is in a repository. */
public final class RepositoryContents {
    private static final int PAGE = 10_000;

    private RepositoryContents() {
    }

    /** Returns what the repository says of itself, and counts its objects. */
    public static RepositoryInfo info(JobPlugins plugins, String reference) throws ImagingException {
        try (Repository repository = Repository.open(plugins.blobStoreFor(reference), reference)) {
            long[] counts = new long[4];
            String after = "";
            List<BlobInfo> page;
            do {
                page = repository.list("", after, PAGE);
                for (BlobInfo one : page) {
                    count(one, counts);
                    after = one.key();
                }
            } while (page.size() == PAGE);
            Configuration configuration = repository.configuration();
            return new RepositoryInfo(reference, (int) configuration.version(), configuration.id(), configuration.created(), counts[0], counts[1],
                    counts[2], counts[3]);
        }
    }

    private static void count(BlobInfo object, long[] counts) {
        if (object.key().startsWith(ObjectNames.FRAMES)) {
            counts[1]++;
            counts[2] += object.length();
            return;
        }
        counts[3] += object.length();
        if (ObjectNames.imageKey(object.key()).isPresent()) {
            counts[0]++;
        }
    }

    /** Lists its images that {@code filter} is about, by name and then by time. */
    public static List<RepositoryImage> images(JobPlugins plugins, String reference, RepositoryFilter filter) throws ImagingException {
        Optional<String> name = filter.name();
        if (name.isPresent() && !ObjectNames.isImageName(name.get())) {
            throw new UsageException("\"" + name.get() + "\" is no name of an image", "names are " + ObjectNames.imageNameRule());
        }
        try (Repository repository = Repository.open(plugins.blobStoreFor(reference), reference)) {
            List<RepositoryImage> images = new ArrayList<>();
            for (ObjectNames.ImageKey key : repository.images(name.map(ObjectNames::imagesOf).orElse(ObjectNames.IMAGES))) {
                // the time is in the key: what is out of it need not be read
                if (filter.since().map(key::isBefore).orElse(false) || !filter.before().map(key::isBefore).orElse(true)) {
                    continue;
                }
                RepositoryImage image = image(repository, key);
                if (image.info().map(filter::accepts).orElse(true)) {
                    images.add(image);
                }
            }
            return images;
        }
    }

    private static RepositoryImage image(Repository repository, ObjectNames.ImageKey key) throws ImagingException {
        String reference = key.reference(repository.reference());
        try {
            return new RepositoryImage(reference, key.name(), Optional.of(RepositoryReader.open(repository, key).info()), "");
        } catch (ImageDamagedException | ImageReadException | ImageFormatException e) {
            return new RepositoryImage(reference, key.name(), Optional.empty(), e.getMessage());
        }
    }
}
