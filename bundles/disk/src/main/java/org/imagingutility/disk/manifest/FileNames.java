package org.imagingutility.disk.manifest;

/** What may be the name of a file of a set: a name in its folder, on every system. */
final class FileNames {
    private static final int MAX_LENGTH = 255;

    private final String manifestName;

    FileNames(String manifestName) {
        this.manifestName = manifestName;
    }

    /** Returns {@code file}, the value of {@code field}, or fails if it could lead out of the folder. */
    String checked(Fields fields, String field, String file) throws BadManifestException {
        boolean plain = !file.isBlank() && file.length() <= MAX_LENGTH && !file.equals(".") && !file.equals("..")
                && file.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        if (!plain) {
            throw fields.bad(field, "is \"" + file + "\", which is not the name of a file in the folder of the set: a manifest"
                    + " may not name others");
        }
        if (file.equalsIgnoreCase(manifestName)) {
            throw fields.bad(field, "is the manifest itself");
        }
        return file;
    }
}
