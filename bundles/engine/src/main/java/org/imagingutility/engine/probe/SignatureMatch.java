package org.imagingutility.engine.probe;

import java.util.Locale;
import org.imagingutility.api.allocator.Signature;

/**
 * A signature, and who found it.
 *
 * @param allocator name of the allocator
 * @param namesOnly whether that allocator gives all of a device as one extent
 * @param signature what it found
 */
record SignatureMatch(String allocator, boolean namesOnly, Signature signature) {

    /** Returns the name of what was found and its place, for users. */
    String text() {
        return signature.info().fileSystem() + " (byte " + signature.offset() + ")";
    }

    /**
     * Says whether this is the same thing as another one, found at another place or by another allocator: by its name, which
     * may have a version behind it ({@code NTFS}, {@code NTFS 3.1}).
     */
    boolean sameAs(SignatureMatch other) {
        String name = signature.info().fileSystem().toLowerCase(Locale.ROOT);
        String otherName = other.signature.info().fileSystem().toLowerCase(Locale.ROOT);
        return name.equals(otherName) || name.startsWith(otherName + " ") || otherName.startsWith(name + " ");
    }
}
