package org.imagingutility.api.allocator;

import java.util.Objects;

/**
 * What stands at a place where a file system or a container has its signature. Several may be found on one device: old ones
 * stay behind when a disk gets another use. Which of them counts is decided by all that is found (see {@link Kind}).
 *
 * @param info what the signature says of what is there; sizes may be 0 even where they would be known by a closer look
 * @param kind what it says of the other bytes of the device
 * @param offset byte of the device that the signature stands at
 * @param flaw with {@link Kind#NEAR_MISS}, which field is wrong: its byte, what was found and what was expected; else empty
 */
public record Signature(FileSystemInfo info, Kind kind, long offset, String flaw) {

    /** What a signature says of the other bytes of the device. */
    public enum Kind {
        /**
         * A member of a RAID or of a volume manager, or something encrypted. The device as such is no file system: whatever
         * else is found on it belongs to the content, or is left over.
         */
        CONTAINER,
        /** A file system, or another use of the whole device such as swap. Contradicts all others of its kind. */
        FILE_SYSTEM,
        /** One of those that optical discs have side by side (ISO 9660, UDF, HFS): does not contradict others of its kind. */
        DISC,
        /**
         * A weak sign: only a copy is left that the format keeps elsewhere, or no more than a name is known. Counts if there is
         * none of the kinds above.
         */
        WEAK,
        /** Nearly a file system: a field has a value that none has. Counts as none; its flaw is told. */
        NEAR_MISS
    }

    /** Checks that nothing is null. */
    public Signature {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(flaw, "flaw");
    }

    /** Creates one without a flaw. */
    public Signature(FileSystemInfo info, Kind kind, long offset) {
        this(info, kind, offset, "");
    }

    /** Creates that of something of which nothing but the name is known. */
    public static Signature named(String name, Kind kind, long offset) {
        return new Signature(new FileSystemInfo(name, "", "", 0, 0), kind, offset);
    }

    /** Creates a near miss. */
    public static Signature nearMiss(String name, long offset, String flaw) {
        return new Signature(new FileSystemInfo(name, "", "", 0, 0), Kind.NEAR_MISS, offset, flaw);
    }
}
