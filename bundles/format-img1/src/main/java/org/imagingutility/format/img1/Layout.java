package org.imagingutility.format.img1;

import java.util.Optional;
import org.imagingutility.api.container.Damage;

/**
 * What an image consists of.
 *
 * @param header the header
 * @param chunks the chunks that are whole as far as their places tell
 * @param deviceLength length of the device in bytes; in version 1 the end of the last chunk
 * @param lostFrom first byte of device that nobody knows anything of, because the file ends early; the device length if nothing
 *        is lost
 * @param cut what is wrong with the end of the file; empty if the index is whole
 */
record Layout(Header header, Chunks chunks, long deviceLength, long lostFrom, Optional<Damage> cut) {

    /** Says whether chunks are missing. */
    boolean lost() {
        return lostFrom < deviceLength;
    }
}
