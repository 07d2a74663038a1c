package org.imagingutility.allocator.btrfs.chunk;

import java.util.Optional;

/** How the bytes of a chunk are spread over its stripes (kernel, fs/btrfs/volumes.c, btrfs_raid_array). */
public enum Profile {
    /** One copy on one device. */
    SINGLE(0, 1, 1, 1),
    /** Striped over devices. */
    RAID0(1 << 3, 1, Integer.MAX_VALUE, 1),
    /** Two copies on two devices. */
    RAID1(1 << 4, 2, 2, 2),
    /** Two copies on one device. */
    DUP(1 << 5, 2, 2, 2),
    /** Striped over pairs of devices. */
    RAID10(1 << 6, 2, Integer.MAX_VALUE, 2),
    /** Striped, with one parity. */
    RAID5(1 << 7, 2, Integer.MAX_VALUE, 1),
    /** Striped, with two parities. */
    RAID6(1 << 8, 3, Integer.MAX_VALUE, 1),
    /** Three copies on three devices. */
    RAID1C3(1 << 9, 3, 3, 3),
    /** Four copies on four devices. */
    RAID1C4(1 << 10, 4, 4, 4);

    /** The bits of a chunk's type that say its profile. */
    static final long MASK = 0x7F8;

    private final int bits;
    private final int leastStripes;
    private final int mostStripes;
    private final int copies;

    Profile(int bits, int leastStripes, int mostStripes, int copies) {
        this.bits = bits;
        this.leastStripes = leastStripes;
        this.mostStripes = mostStripes;
        this.copies = copies;
    }

    /** Returns the profile of a chunk's type, if there is one. */
    static Optional<Profile> of(long type) {
        for (Profile each : values()) {
            if (each.bits == (type & MASK)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Says whether a chunk can have so many stripes. */
    boolean fits(int stripes) {
        return stripes >= leastStripes && stripes <= mostStripes && (this != RAID10 || stripes % copies == 0);
    }

    /** Says whether the chunk's bytes alternate between stripes. */
    public boolean striped() {
        return this == RAID0 || this == RAID10 || parity();
    }

    /** Says whether stripes hold parities, which no extent tells of. */
    public boolean parity() {
        return this == RAID5 || this == RAID6;
    }

    /** Returns over how many stripes of {@code stripes} the bytes are spread. */
    int columns(int stripes) {
        return switch (this) {
            case RAID0 -> stripes;
            case RAID10 -> stripes / copies;
            case RAID5 -> stripes - 1;
            case RAID6 -> stripes - 2;
            default -> 1;
        };
    }

    /** Returns which of the columns stripe {@code index} is. */
    int column(int index) {
        return this == RAID10 ? index / copies : this == RAID0 ? index : 0;
    }
}
