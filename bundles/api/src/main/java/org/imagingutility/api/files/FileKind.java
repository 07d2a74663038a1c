package org.imagingutility.api.files;

/** What a name in a directory stands for. */
public enum FileKind {
    /** A file with content. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link: a path that is followed instead. */
    SYMBOLIC_LINK,
    /** A directory of NTFS in whose place another one, or a volume, is shown. */
    JUNCTION,
    /** A block device of the system that the volume belongs to. */
    BLOCK_DEVICE,
    /** A character device of that system. */
    CHARACTER_DEVICE,
    /** A named pipe. */
    PIPE,
    /** A Unix domain socket. */
    SOCKET,
    /** Something that only the system or a program that made it can make sense of. */
    OTHER;

    /** Says whether it leads elsewhere. */
    public boolean isLink() {
        return this == SYMBOLIC_LINK || this == JUNCTION;
    }
}
