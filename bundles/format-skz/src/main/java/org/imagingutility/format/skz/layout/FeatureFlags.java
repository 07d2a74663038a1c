package org.imagingutility.format.skz.layout;

/** The feature flags this version knows. The registry of all of them stands in {@code docs/image-format.md}. */
public final class FeatureFlags {
    /** Compatible: the image holds only what an allocator said is in use. */
    static final int USED_ONLY = 1;
    /** Read-compatible: ranges without data stand in the file as gap frames. */
    static final int GAPS_WRITTEN = 1;
    /** Read-compatible: written in one pass, the index block at the front has no slots. */
    static final int STREAMED = 2;
    /** All read-compatible flags: an image with another one must not be changed. */
    public static final int KNOWN_READ_COMPATIBLE = GAPS_WRITTEN | STREAMED;
    /** Incompatible: none yet. */
    static final int KNOWN_INCOMPATIBLE = 0;

    private FeatureFlags() {
    }
}
