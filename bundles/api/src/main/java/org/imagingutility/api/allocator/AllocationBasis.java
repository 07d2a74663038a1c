package org.imagingutility.api.allocator;

/** What the extents in use are taken from. */
public enum AllocationBasis {
    /** What the file system notes as in use: its bitmaps or its file allocation table. */
    RECORDED("recorded"),
    /** That, united with everything that the files found on the volume refer to. */
    UNION("union"),
    /** What the operating system says that has the volume mounted. */
    SYSTEM("system"),
    /** Nothing is left out. */
    ALL_BLOCKS("all-blocks");

    private final String word;

    AllocationBasis(String word) {
        this.word = word;
    }

    /** Returns the permanent word for it in images and in output for programs: lower-case letters and hyphens. */
    public String word() {
        return word;
    }
}
