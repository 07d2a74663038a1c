package org.imagingutility.files.exfat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.files.FileFlag;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTimes;
import org.imagingutility.api.files.FileTimestamp;

/**
 * A file or directory: what its entries say (sections 7.4 and 7.6).
 *
 * @param id byte of the volume at which its entries begin; 0 for the root, which has none
 * @param attributes FileAttributes
 * @param first its first cluster
 * @param contiguous whether its clusters follow one another, without a chain
 * @param length DataLength: bytes of its content
 * @param valid ValidDataLength: bytes of it that were written; what follows is zeros
 * @param created when it was made
 * @param modified when it was changed
 * @param accessed when it was read
 */
record ExfatNode(long id, int attributes, long first, boolean contiguous, long length, long valid, Stamp created, Stamp modified,
        Stamp accessed) implements FileNode {
    private static final int READ_ONLY = 0x01;
    private static final int HIDDEN = 0x02;
    private static final int SYSTEM = 0x04;
    private static final int DIRECTORY = 0x10;
    private static final int ARCHIVE = 0x20;
    private static final Duration HUNDREDTH = Duration.ofMillis(10);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    /**
     * A time, as it is kept (section 7.4.8).
     *
     * @param clock year from 1980 on, month, day, hour, minute and pairs of seconds
     * @param hundredths of a second, 0 to 199
     * @param zone quarters of an hour that the clock was ahead of UTC, and a bit that says whether that is known
     */
    record Stamp(int clock, int hundredths, int zone) {
        private static final Stamp NONE = new Stamp(0, 0, 0);
        private static final int ZONE_KNOWN = 0x80;
        private static final int QUARTER_SECONDS = 900;

        private Optional<FileTimestamp> at(Duration resolution) {
            try {
                LocalDateTime local = LocalDateTime.of(1980 + (clock >>> 25), clock >>> 21 & 0xF, clock >>> 16 & 0x1F, clock >>> 11 & 0x1F,
                        clock >>> 5 & 0x3F, 0).plusSeconds((clock & 0x1F) * 2L).plusNanos(Math.min(hundredths, 199) * 10_000_000L);
                boolean known = (zone & ZONE_KNOWN) != 0;
                // seven bits with a sign
                int quarters = (zone & 0x7F) << 25 >> 25;
                return Optional.of(new FileTimestamp(local.toInstant(ZoneOffset.UTC).minusSeconds(known ? (long) quarters * QUARTER_SECONDS : 0),
                        resolution, !known));
            } catch (DateTimeException none) {
                return Optional.empty();
            }
        }
    }

    /** Returns the root directory. */
    static ExfatNode root(long firstCluster) {
        return new ExfatNode(0, DIRECTORY, firstCluster, false, 0, 0, Stamp.NONE, Stamp.NONE, Stamp.NONE);
    }

    @Override
    public FileKind kind() {
        return (attributes & DIRECTORY) != 0 ? FileKind.DIRECTORY : FileKind.FILE;
    }

    FileTimes times() {
        return new FileTimes(modified.at(HUNDREDTH), accessed.at(TWO_SECONDS), Optional.empty(), created.at(HUNDREDTH));
    }

    Set<FileFlag> flags() {
        Set<FileFlag> flags = EnumSet.noneOf(FileFlag.class);
        add(flags, READ_ONLY, FileFlag.READ_ONLY);
        add(flags, HIDDEN, FileFlag.HIDDEN);
        add(flags, SYSTEM, FileFlag.SYSTEM);
        add(flags, ARCHIVE, FileFlag.ARCHIVE);
        return flags;
    }

    private void add(Set<FileFlag> flags, int bit, FileFlag flag) {
        if ((attributes & bit) != 0) {
            flags.add(flag);
        }
    }
}
