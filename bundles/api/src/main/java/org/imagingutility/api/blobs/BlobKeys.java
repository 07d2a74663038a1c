package org.imagingutility.api.blobs;

/**
 * The keys of objects: parts joined by {@code /}. A part is 1 to 200 characters of {@code a} to {@code z}, {@code 0} to {@code 9},
 * {@code .}, {@code _} and {@code -}, and begins with none of {@code .} and {@code -}; a key has at most 512 characters. So each key can be
 * a path of any file system and a name in any object store, and none differs from another by case alone.
 */
public final class BlobKeys {
    /** Most characters of a key. */
    public static final int MAX_LENGTH = 512;
    private static final int MAX_PART = 200;

    private BlobKeys() {
    }

    /** Returns {@code key}, which must be one. */
    public static String require(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("\"" + key + "\" is no key of an object");
        }
        return key;
    }

    /** Returns {@code prefix}, which must be empty or the begin of a key. */
    public static String requirePrefix(String prefix) {
        if (!prefix.isEmpty() && !isKey(prefix.endsWith("/") ? prefix + "0" : prefix)) {
            throw new IllegalArgumentException("no key of an object begins with \"" + prefix + "\"");
        }
        return prefix;
    }

    /** Says whether {@code text} is a key. */
    public static boolean isKey(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        int part = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' && part > 0) {
                part = 0;
            } else if (isPart(c, part) && part < MAX_PART) {
                part++;
            } else {
                return false;
            }
        }
        return part > 0;
    }

    private static boolean isPart(char c, int place) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || place > 0 && (c == '.' || c == '-');
    }
}
