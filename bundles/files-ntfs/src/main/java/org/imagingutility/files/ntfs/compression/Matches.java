package org.imagingutility.files.ntfs.compression;

import java.util.Arrays;

/** Copies what a match of a Lempel-Ziv code refers to. */
final class Matches {
    private Matches() {
    }

    /**
     * Writes {@code length} bytes to {@code at}, each of them the one {@code distance} bytes before it; the two ranges may overlap.
     * The caller has checked that both are in {@code target}.
     */
    static void copy(byte[] target, int at, int distance, int length) {
        int from = at - distance;
        if (distance >= length) {
            System.arraycopy(target, from, target, at, length);
        } else if (distance == 1) {
            Arrays.fill(target, at, at + length, target[from]);
        } else {
            for (int i = 0; i < length; i++) {
                target[at + i] = target[from + i];
            }
        }
    }
}
