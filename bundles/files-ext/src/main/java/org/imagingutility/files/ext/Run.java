package org.imagingutility.files.ext;

import org.imagingutility.api.files.FileRange;

/**
 * Blocks of a file that are alike.
 *
 * @param blocks how many, positive
 * @param start first block on the volume; 0 where there is none
 * @param kind whether they are stored
 */
record Run(long blocks, long start, FileRange.Kind kind) {

    static Run hole(long blocks) {
        return new Run(blocks, 0, FileRange.Kind.HOLE);
    }
}
