package org.imagingutility.files.ntfs.reparse;

import java.util.Optional;
import org.imagingutility.api.error.FileRefusedException.Reason;
import org.imagingutility.api.files.FileKind;

/** What tags of reparse points mean ([MS-FSCC] 2.1.2.1, {@code winnt.h}). */
public final class ReparseTag {
    /** A junction: another directory, or a volume, in place of this one. */
    public static final int MOUNT_POINT = 0xA000_0003;
    /** A symbolic link. */
    public static final int SYMLINK = 0xA000_000C;
    /** A symbolic link of the Windows Subsystem for Linux. */
    public static final int LINUX_SYMLINK = 0xA000_001D;
    /** A file whose content an external provider gives: here, compressed files. */
    public static final int WOF = 0x8000_0017;
    /** A file whose content Data Deduplication keeps elsewhere. */
    public static final int DEDUP = 0x8000_0013;

    private static final int SINGLE_INSTANCE = 0x8000_0007;
    private static final int SOCKET = 0x8000_0023;
    private static final int PIPE = 0x8000_0024;
    private static final int CHARACTER_DEVICE = 0x8000_0025;
    private static final int BLOCK_DEVICE = 0x8000_0026;
    /** {@code IO_REPARSE_TAG_CLOUD}, and 15 more that differ in the four bits of {@code IO_REPARSE_TAG_CLOUD_MASK}. */
    private static final int CLOUD = 0x9000_001A;
    private static final int CLOUD_VARIANTS = 0x0000_F000;
    private static final int NAME_SURROGATE = 0x2000_0000;

    private ReparseTag() {
    }

    /** Returns what a file with this tag is. A directory whose tag is not known is one with names in it still. */
    public static FileKind kind(int tag, boolean directory) {
        return switch (tag) {
            case SYMLINK, LINUX_SYMLINK -> FileKind.SYMBOLIC_LINK;
            case MOUNT_POINT -> FileKind.JUNCTION;
            case SOCKET -> FileKind.SOCKET;
            case PIPE -> FileKind.PIPE;
            case CHARACTER_DEVICE -> FileKind.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> FileKind.BLOCK_DEVICE;
            default -> (tag & NAME_SURROGATE) != 0 && !isCloud(tag) ? FileKind.OTHER
                    : directory ? FileKind.DIRECTORY : FileKind.FILE;
        };
    }

    /** Returns why the content of a file with this tag cannot be given; nothing of one whose tag says nothing against it. */
    public static Optional<Reason> refusal(int tag) {
        if (tag == WOF) {
            return Optional.empty();
        }
        if (tag == DEDUP) {
            return Optional.of(Reason.DEDUPLICATED);
        }
        return Optional.of(isCloud(tag) ? Reason.CLOUD_PLACEHOLDER : Reason.FORMAT_UNKNOWN);
    }

    /** Says, for people, what a file with a tag is that is refused. */
    public static String describe(int tag) {
        if (tag == DEDUP) {
            return "is deduplicated by Windows Server: its content is in the chunk store under \"System Volume Information\"";
        }
        if (tag == SINGLE_INSTANCE) {
            return "is kept by Single Instance Storage, elsewhere on the volume";
        }
        return String.format(isCloud(tag) ? "is a placeholder of a cloud service, which has the content (reparse tag 0x%08X)"
                : "has a reparse point whose driver is not known (tag 0x%08X)", tag);
    }

    private static boolean isCloud(int tag) {
        return (tag & ~CLOUD_VARIANTS) == CLOUD;
    }
}
