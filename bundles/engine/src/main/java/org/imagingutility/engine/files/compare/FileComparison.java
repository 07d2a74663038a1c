package org.imagingutility.engine.files.compare;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.PosixAttributes;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.FileDifference.Field;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.progress.ProgressReporter;

/** What two files differ in. For one thread. */
final class FileComparison {
    private static final int PIECE = 1 << 20;
    private final JobMonitor monitor;
    private final ByteBuffer one = ByteBuffer.allocateDirect(PIECE);
    private final ByteBuffer other = ByteBuffer.allocateDirect(PIECE);

    FileComparison(JobMonitor monitor) {
        this.monitor = monitor;
    }

    /** Returns in what both differ, without their contents. */
    static Set<Field> of(FileDetails before, FileDetails after) {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        if (before.kind() != after.kind()) {
            fields.add(Field.KIND);
            return fields;
        }
        if (before.kind() == FileKind.FILE) {
            add(fields, Field.SIZE, before.size() != after.size());
            add(fields, Field.MODIFIED, differ(before.times().modified(), after.times().modified()));
        }
        if (before.posix().isPresent() && after.posix().isPresent()) {
            PosixAttributes one = before.posix().get();
            PosixAttributes other = after.posix().get();
            // links have permissions on some systems, which mean nothing
            add(fields, Field.MODE, !before.kind().isLink() && one.permissions() != other.permissions());
            add(fields, Field.OWNER, one.owner() != other.owner() || one.group() != other.group());
        }
        add(fields, Field.DEVICE, !before.device().equals(after.device()));
        return fields;
    }

    private static void add(Set<Field> fields, Field field, boolean differs) {
        if (differs) {
            fields.add(field);
        }
    }

    private static boolean differ(Optional<FileTimestamp> before, Optional<FileTimestamp> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return false;
        }
        FileTimestamp one = before.get();
        FileTimestamp other = after.get();
        boolean both = one.local() == other.local();
        Instant first = both ? one.instant() : one.in(ZoneId.systemDefault());
        Instant second = both ? other.instant() : other.in(ZoneId.systemDefault());
        Duration step = one.resolution().compareTo(other.resolution()) > 0 ? one.resolution() : other.resolution();
        return Duration.between(first, second).abs().compareTo(step) >= 0;
    }

    /** Says whether two contents of the same length have the same bytes. What is a hole in both is not read. */
    boolean isEqual(FileContent before, FileContent after) throws ImagingException {
        long length = before.length();
        if (after.length() != length) {
            return false;
        }
        for (long at = 0; at < length;) {
            ProgressReporter.stopIfCancelled(monitor, "comparing files");
            FileRange first = before.range(at, length - at);
            FileRange second = after.range(at, length - at);
            long alike = Math.min(first.length(), second.length());
            if (first.kind() != FileRange.Kind.DATA && second.kind() != FileRange.Kind.DATA) {
                at += alike;
                continue;
            }
            int bytes = (int) Math.min(PIECE, alike);
            before.read(at, one.clear().limit(bytes));
            after.read(at, other.clear().limit(bytes));
            if (!one.flip().equals(other.flip())) {
                return false;
            }
            at += bytes;
        }
        return true;
    }
}
