package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.allocator.VisitedClusters;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetFolder;

/**
 * The names that one folder has got from a volume. Of a folder that was made for it, all that stands in it has one of them, so that nothing is
 * held; of one that was there, 32 bytes for each name are. For one thread.
 */
final class FolderNames {
    private static final int REMEMBERED = 1 << 22;
    /** After so many names that are taken, one that is made of the number of the file is tried. */
    private static final int NUMBERED = 64;
    private static final long PRIME = 0x100000001B3L;

    private final NameRule rule;
    private final boolean caseSensitive;
    /** Null of a folder that was made for the volume. */
    private final VisitedClusters given;

    FolderNames(NameRule rule, boolean caseSensitive, boolean made) {
        this.rule = rule;
        this.caseSensitive = caseSensitive;
        this.given = made ? null : new VisitedClusters(REMEMBERED);
    }

    /**
     * A name that something gets.
     *
     * @param name the name
     * @param standing what stands there that is not of the volume, or of an earlier run
     */
    record Place(String name, Optional<Standing> standing) {
    }

    /**
     * Returns the name for something: its own, or another one if that was given to something else of the volume already.
     *
     * @param name as the rule has it
     * @param id number of the file
     */
    Place place(TargetFolder folder, String name, long id) throws IOException {
        String tried = name;
        for (int number = 2;; number++) {
            Optional<Standing> standing = folder.standing(tried);
            if (standing.isEmpty()) {
                give(tried);
                return new Place(tried, standing);
            }
            if (given != null && give(tried)) {
                return new Place(tried, standing);
            }
            tried = rule.other(name, number <= NUMBERED ? Integer.toString(number) : Long.toHexString(id) + "-" + (number - NUMBERED));
        }
    }

    /** Notes a name; says whether it was free. */
    private boolean give(String name) {
        return given == null || given.add(hash(name));
    }

    /** FNV-1a over the characters. That two names have the same hash costs one of them its name, and no more. */
    private long hash(String name) {
        String folded = caseSensitive ? name : Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < folded.length(); i++) {
            hash = (hash ^ folded.charAt(i)) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
