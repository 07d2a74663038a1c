package org.imagingutility.codec.compress.xz;

/** The LZMA2 dictionary of a frame: never larger than the content has use for, so that reading needs no more memory. */
final class XzDictionary {
    private static final int LEAST = 64 << 10;
    private static final int MOST = 64 << 20;

    private XzDictionary() {
    }

    /** Returns the most bytes of dictionary that a frame of {@code contentLength} bytes has: a power of two. */
    static int most(int contentLength) {
        int size = LEAST;
        while (size < contentLength && size < MOST) {
            size <<= 1;
        }
        return size;
    }
}
