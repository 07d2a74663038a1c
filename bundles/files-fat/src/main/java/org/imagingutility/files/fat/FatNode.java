package org.imagingutility.files.fat;

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
 * A file or directory: what its entry says ("FAT Directory Structure").
 *
 * @param id byte of the volume at which its entry begins; 0 for the root, which has none
 * @param attributes DIR_Attr
 * @param first its first cluster, 0 if it has none
 * @param size DIR_FileSize
 * @param created DIR_CrtDate, DIR_CrtTime and DIR_CrtTimeTenth
 * @param accessed DIR_LstAccDate
 * @param modified DIR_WrtDate and DIR_WrtTime
 */
record FatNode(long id, int attributes, long first, long size, Stamp created, Stamp accessed, Stamp modified) implements FileNode {
    static final int READ_ONLY = 0x01;
    static final int HIDDEN = 0x02;
    static final int SYSTEM = 0x04;
    static final int LABEL = 0x08;
    static final int DIRECTORY = 0x10;
    static final int ARCHIVE = 0x20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final Duration HUNDREDTH = Duration.ofMillis(10);

    /**
     * A date and a time of day, as they are kept.
     *
     * @param date year from 1980 on, month and day
     * @param time hour, minute and pairs of seconds
     * @param hundredths of a second, 0 to 199
     */
    record Stamp(int date, int time, int hundredths) {
        private static final Stamp NONE = new Stamp(0, 0, 0);

        private Optional<FileTimestamp> at(Duration resolution) {
            try {
                LocalDateTime clock = LocalDateTime.of(1980 + (date >> 9), date >> 5 & 0xF, date & 0x1F, time >> 11, time >> 5 & 0x3F, 0)
                        .plusSeconds((time & 0x1F) * 2L).plusNanos(Math.min(hundredths, 199) * 10_000_000L);
                return Optional.of(new FileTimestamp(clock.toInstant(ZoneOffset.UTC), resolution, true));
            } catch (DateTimeException none) {
                // 0 stands for no date, and drivers leave others as they are
                return Optional.empty();
            }
        }
    }

    /** Returns the root directory. */
    static FatNode root(long firstCluster) {
        return new FatNode(0, DIRECTORY, firstCluster, 0, Stamp.NONE, Stamp.NONE, Stamp.NONE);
    }

    @Override
    public FileKind kind() {
        return (attributes & DIRECTORY) != 0 ? FileKind.DIRECTORY : FileKind.FILE;
    }

    FileTimes times() {
        return new FileTimes(modified.at(TWO_SECONDS), accessed.at(DAY), Optional.empty(), created.at(HUNDREDTH));
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
