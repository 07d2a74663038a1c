package org.imagingutility.serve.webdav.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.serve.webdav.http.HttpError;
import org.imagingutility.serve.webdav.http.PathText;

/** All that a server shows: images by name, of disks the partitions by number, of volumes the files. Immutable. */
public final class Site {
    private final Map<String, ServedImage> images = new LinkedHashMap<>();

    /** Creates it. */
    public Site(List<ServedImage> images) {
        images.forEach(image -> this.images.put(image.name(), image));
    }

    /** Returns the images, in their order. */
    public List<ServedImage> images() {
        return List.copyOf(images.values());
    }

    /** Returns the name of a partition in a path. */
    public static String nameOf(ServedVolume partition) {
        return Integer.toString(partition.partition().orElseThrow());
    }

    /**
     * Finds what a path leads to.
     *
     * @throws HttpError if there is no such image or partition, or its files cannot be had
     */
    public Place find(String rawPath) throws HttpError {
        List<String> names = PathText.names(rawPath);
        if (names.isEmpty()) {
            return new Place.Root();
        }
        ServedImage image = images.get(names.get(0));
        if (image == null) {
            throw new HttpError(HttpError.NOT_FOUND, "no image of that name is served");
        }
        if (!image.isDisk()) {
            return inside(image, image.volumes().get(0), names, 1);
        }
        if (names.size() == 1) {
            return new Place.Disk(image);
        }
        Optional<ServedVolume> volume = image.volumes().stream().filter(each -> nameOf(each).equals(names.get(1))).findFirst();
        return inside(image, volume.orElseThrow(() -> new HttpError(HttpError.NOT_FOUND, "the disk has no partition of that number")), names, 2);
    }

    private static Place inside(ServedImage image, ServedVolume volume, List<String> names, int above) throws HttpError {
        if (volume.refusal().isPresent()) {
            throw new HttpError(HttpError.FORBIDDEN, "the files cannot be had: " + volume.refusal().get());
        }
        return new Place.Inside(image, volume, names.subList(0, above), names.subList(above, names.size()));
    }
}
