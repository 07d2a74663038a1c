package org.imagingutility.command.options;

import java.util.HashSet;
import java.util.Set;

/** Names for images that are served by their files, after the files they are in; no two the same. For one thread. */
public final class ImageNames {
    private static final int LONGEST = 200;
    private final Set<String> used = new HashSet<>();

    /** Creates it; {@code used} are names that are given away. */
    public ImageNames(Set<String> used) {
        this.used.addAll(used);
    }

    /** Returns the name of an image: the last name of its path. */
    public String of(String image) {
        String path = image.replaceAll("[/\\\\]+$", "");
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String name = last.isEmpty() ? "image" : last.substring(0, Math.min(LONGEST, last.length()));
        String free = name;
        for (int i = 2; !used.add(free); i++) {
            free = name + " (" + i + ")";
        }
        return free;
    }
}
