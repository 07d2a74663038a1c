package org.imagingutility.engine.repository.copy;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.engine.repository.image.ImageReference;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/** Which images of a repository are copied. */
final class CopySelection {
    private CopySelection() {
    }

    /**
     * Returns the images that {@code wanted} names, by name and then by time, each once; all if it names none.
     *
     * @throws ImageReadException if a text of it names no image that is there
     * @throws UsageException if one is no name, or may mean several images by its time
     */
    static Collection<ImageKey> of(Repository repository, List<String> wanted) throws ImagingException {
        if (wanted.isEmpty()) {
            return repository.images(ObjectNames.IMAGES);
        }
        SortedMap<String, ImageKey> chosen = new TreeMap<>();
        for (String one : wanted) {
            String reference = one.startsWith(repository.reference() + "#") ? one : repository.reference() + "#" + one;
            ImageReference image = ImageReference.of(reference).filter(parsed -> parsed.repository().equals(repository.reference()))
                    .orElseThrow(() -> new UsageException("\"" + one + "\" names no image of \"" + repository.reference() + "\"",
                            "NAME, NAME@TIME, or " + repository.reference() + "#NAME@TIME"));
            List<ImageKey> found = repository.images(ObjectNames.imagesOf(image.name()) + image.time());
            if (found.isEmpty()) {
                throw new ImageReadException(reference, -1, "there is no such image in the repository", null);
            }
            if (!image.time().isEmpty() && found.size() > 1) {
                throw new UsageException("\"" + one + "\" may mean " + found.size() + " images, from " + found.get(0).time() + " to "
                        + found.get(found.size() - 1).time(), "say more of the time");
            }
            found.forEach(key -> chosen.put(key.key(), key));
        }
        return chosen.values();
    }
}
