package org.imagingutility.engine.probe;

import org.imagingutility.api.allocator.Signature;

/**
 * A signature, and who found it.
 *
 * @param allocator name of the allocator
 * @param namesOnly whether that allocator gives all of a device as one extent
 * @param signature what it found
 */
record Finding(String allocator, boolean namesOnly, Signature signature) {

    /** Returns the name of what was found and its place, for users. */
    String text() {
        return signature.info().fileSystem() + " (byte " + signature.offset() + ")";
    }

    /** Says whether this is the same thing as another one, found at another place. */
    boolean sameAs(Finding other) {
        return allocator.equals(other.allocator)
                && signature.info().fileSystem().equals(other.signature.info().fileSystem());
    }
}
