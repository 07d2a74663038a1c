package org.imagingutility.disk.manifest;

import java.nio.charset.StandardCharsets;

/** What may be the name of a file of a set: a name in its folder, on every system. */
final class FileNames {
    /** Bytes of a name on the file systems of Linux; others count 255 characters, which are no more. */
    private static final int MAX_BYTES = 255;

    private final String manifestName;

    FileNames(String manifestName) {
        this.manifestName = manifestName;
    }

    /** Returns {@code file}, the value of {@code field}, or fails if it could lead out of the folder. */
    String checked(Fields fields, String field, String file) throws BadManifestException {
        boolean plain = !file.isBlank() && isEncodable(file) && !file.equals(".") && !file.equals("..")
                && file.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        if (!plain) {
            throw fields.bad(field, "is \"" + shown(file) + "\", which is not the name of a file in the folder of the set: a manifest"
                    + " may not name others");
        }
        if (file.equalsIgnoreCase(manifestName)) {
            throw fields.bad(field, "is the manifest itself");
        }
        return file;
    }

    /** Half a surrogate pair, which JSON can escape, is part of no name. */
    private static boolean isEncodable(String file) {
        return file.length() <= MAX_BYTES && StandardCharsets.UTF_8.newEncoder().canEncode(file)
                && file.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    private static String shown(String file) {
        return file.length() <= MAX_BYTES ? file : file.substring(0, MAX_BYTES) + "...";
    }
}
