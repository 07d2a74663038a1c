package org.imagingutility.files.ntfs.record;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.imagingutility.api.files.FileTimes;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.fs.ntfs.structure.Attribute;

/**
 * Times and flags of a file. Layout: {@code STANDARD_INFORMATION} in {@code layout.h} of ntfs-3g.
 *
 * @param times the times, in steps of 100 ns
 * @param flags see {@link FileAttributes}
 */
public record StandardInformation(FileTimes times, int flags) {
    /** Of a file that has none. */
    public static final StandardInformation NONE = new StandardInformation(FileTimes.NONE, 0);

    private static final int MODIFIED_AT = 8;
    private static final int CHANGED_AT = 16;
    private static final int ACCESSED_AT = 24;
    private static final int FLAGS_AT = 32;
    private static final int LENGTH = 36;
    /** Seconds from the begin of 1601 to that of 1970. */
    private static final long EPOCH = 11_644_473_600L;
    private static final long STEPS = 10_000_000;
    private static final int STEP_NANOS = 100;
    private static final Duration STEP = Duration.ofNanos(STEP_NANOS);

    /** Takes them from the attribute; those of a file that has none if it is too short or not in the record. */
    static StandardInformation of(Attribute attribute) {
        if (!(attribute instanceof Attribute.Resident resident) || resident.value().limit() < LENGTH) {
            return NONE;
        }
        ByteBuffer value = resident.value();
        return new StandardInformation(new FileTimes(time(value.getLong(MODIFIED_AT)), time(value.getLong(ACCESSED_AT)),
                time(value.getLong(CHANGED_AT)), time(value.getLong(0))), value.getInt(FLAGS_AT));
    }

    /** Zero is no time: files have it that were made by drivers without a clock. Negative numbers are refused by Windows as well. */
    static Optional<FileTimestamp> time(long steps) {
        return steps <= 0 ? Optional.empty() : Optional.of(new FileTimestamp(
                Instant.ofEpochSecond(steps / STEPS - EPOCH, steps % STEPS * STEP_NANOS), STEP, false));
    }
}
