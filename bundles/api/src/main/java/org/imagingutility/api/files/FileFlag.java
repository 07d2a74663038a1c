package org.imagingutility.api.files;

/** A flag that a file system has on files. Not each file system has all of them. */
public enum FileFlag {
    /** Not to be written to (DOS, NTFS). */
    READ_ONLY,
    /** Not shown by default (DOS, NTFS). */
    HIDDEN,
    /** Belongs to the operating system (DOS, NTFS). */
    SYSTEM,
    /** Changed since the last backup (DOS, NTFS). */
    ARCHIVE,
    /** Content is kept elsewhere for now (NTFS). */
    OFFLINE,
    /** Content is stored compressed. */
    COMPRESSED,
    /** Content is stored encrypted. */
    ENCRYPTED,
    /** Has ranges for which nothing is stored (NTFS: marked so). */
    SPARSE,
    /** Has data by which a driver shows something else in its place (NTFS). */
    REPARSE_POINT,
    /** Must not be changed, whoever asks (ext). */
    IMMUTABLE,
    /** Can only be appended to (ext). */
    APPEND_ONLY,
    /** Not for backups by dump (ext). */
    NO_DUMP,
    /** Content is proven by a tree of hashes, fs-verity (ext). */
    VERITY,
    /** A directory in whose names case does not count. */
    CASE_INSENSITIVE
}
