package org.imagingutility.serve.webdav.tree;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.api.serve.ServedVolume;

/** What a path leads to, as far as that can be said without looking into a volume. */
public sealed interface Place {

    /** The folder of all images. */
    record Root() implements Place {
    }

    /**
     * An image of a disk: a folder of its partitions.
     *
     * @param image the image
     */
    record Disk(ServedImage image) implements Place {
    }

    /**
     * Something in a volume.
     *
     * @param image the image
     * @param volume the volume
     * @param above the names that lead to the volume's root
     * @param below the names from there on; none for the root itself
     */
    record Inside(ServedImage image, ServedVolume volume, List<String> above, List<String> below) implements Place {
        /** Copies the lists. */
        public Inside {
            above = List.copyOf(above);
            below = List.copyOf(below);
        }

        /** Returns all names that lead here. */
        public List<String> names() {
            List<String> names = new ArrayList<>(above);
            names.addAll(below);
            return names;
        }
    }
}
