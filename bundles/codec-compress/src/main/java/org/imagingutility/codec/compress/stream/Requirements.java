package org.imagingutility.codec.compress.stream;

import java.nio.ByteBuffer;

/** Checks of how codecs are used. */
public final class Requirements {
    private Requirements() {
    }

    public static int contentLength(int contentLength) {
        if (contentLength < 0) {
            throw new IllegalArgumentException("content length " + contentLength + " is negative");
        }
        return contentLength;
    }

    public static int level(int level, int lowest, int highest) {
        if (level < lowest || level > highest) {
            throw new IllegalArgumentException("level " + level + " is not in " + lowest + ".." + highest);
        }
        return level;
    }

    static void direct(ByteBuffer buffer, String name) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("the " + name + " buffer is not direct");
        }
    }
}
