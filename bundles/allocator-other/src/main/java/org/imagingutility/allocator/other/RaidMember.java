package org.imagingutility.allocator.other;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;

/** A member of a Linux software RAID, by its superblock: Linux, include/uapi/linux/raid/md_p.h. */
final class RaidMember {
    /** Bytes of a superblock that are looked at. */
    static final int LENGTH = 4096;
    /** MD_SB_MAGIC. */
    private static final long MAGIC = 0xA92B_4EFCL;
    private static final int KIB = 1024;
    private static final int RESERVED = 64 * KIB;

    private RaidMember() {
    }

    /** Returns where a superblock of version 0.90 or 1.0 stands on a device of that length. */
    static List<Long> placesAtEnd(long deviceLength) {
        if (deviceLength < 2 * RESERVED) {
            return List.of();
        }
        // 0.90: MD_NEW_SIZE_SECTORS; 1.0: at least 8 KiB before the end, on a border of 4 KiB
        long old = deviceLength / RESERVED * RESERVED - RESERVED;
        long sectors = deviceLength / 512 - 16;
        return List.of((sectors - sectors % 8) * 512, old);
    }

    /** Names the superblock that {@code bytes} begin with, if it is one. */
    static Optional<FileSystemInfo> name(Bytes bytes) {
        return name(bytes, 0);
    }

    /** Names the superblock at {@code at}, if there is one. */
    static Optional<FileSystemInfo> name(Bytes bytes, int at) {
        if (bytes.u32(at) != MAGIC) {
            return Optional.empty();
        }
        // major_version; struct mdp_superblock_1: set_uuid, set_name
        return Optional.of(bytes.u32(at + 4) == 1
                ? new FileSystemInfo("Linux RAID member", bytes.text(at + 32, 32), bytes.uuid(at + 16), 0, 0)
                : new FileSystemInfo("Linux RAID member", "", "", 0, 0));
    }
}
