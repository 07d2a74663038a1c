package org.imagingutility.api.serve;

import java.util.List;
import java.util.Objects;

/**
 * An image whose files a server shows.
 *
 * @param name name that clients ask for it by, not empty; any text
 * @param description what it is, for people
 * @param volumes its partitions; of an image of one volume, that one
 */
public record ServedImage(String name, String description, List<ServedVolume> volumes) {

    /** Checks the values. */
    public ServedImage {
        Objects.requireNonNull(description, "description");
        volumes = List.copyOf(volumes);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of an image is empty");
        }
    }

    /** Says whether it has partitions, by whose numbers its volumes go. */
    public boolean isDisk() {
        return volumes.size() != 1 || volumes.get(0).partition().isPresent();
    }
}
