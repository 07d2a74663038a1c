package org.imagingutility.fs.ntfs.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.MftRecord;
import org.imagingutility.fs.ntfs.structure.UpdateSequence;

/**
 * Whether {@code $LogFile} was closed in order: what its two restart pages say ({@code RESTART_PAGE_HEADER} and
 * {@code RESTART_AREA} in {@code logfile.h} of ntfs-3g; the rule is that of its {@code ntfs_is_logfile_clean}).
 */
public final class LogFile {
    private static final long RECORD = 2;
    private static final int MIN_PAGE = 512;
    private static final int MAX_PAGE = 64 << 10;
    /** A restart page, and one that chkdsk wrote. */
    private static final int RESTART = 0x52545352;
    private static final int CHECKED = 0x444B4843;

    private static final int PAGE_SIZE_AT = 16;
    private static final int AREA_AT = 24;
    private static final int MAJOR_AT = 28;
    // in the restart area
    private static final int LSN_AT = 0;
    private static final int CLIENTS_IN_USE_AT = 12;
    private static final int FLAGS_AT = 14;
    private static final int AREA_LENGTH = 16;
    private static final int NO_CLIENT = 0xFFFF;
    private static final int CLEAN = 2;

    private LogFile() {
    }

    /**
     * A restart page.
     *
     * @param lsn how new it is
     * @param version major version of the log
     * @param closed whether nobody had the log open when it was written
     */
    private record RestartPage(long lsn, int version, boolean closed) {
    }

    /** Returns what the log says against the volume. A volume without a log has none to say it. */
    public static Optional<Finding> finding(Mft mft, Volume volume) throws ImagingException {
        try {
            MftRecord record = mft.readBase(RECORD);
            if (record.find(Attribute.DATA).orElse(null) instanceof Attribute.Resident resident
                    && resident.value().limit() == 0) {
                return Optional.empty();
            }
            Mft.Data data = mft.data(record, "$LogFile");
            return finding(volume, volume.stream(data.runs()), volume.bytesOf(data.runs()));
        } catch (FileSystemException | DeviceException unreadable) {
            return pending("has a log that cannot be read: " + unreadable.getMessage());
        }
    }

    private static Optional<Finding> finding(Volume volume, DataStream log, long length) throws ImagingException {
        byte[] head = log.read(volume.reader(), 0, (int) Math.min(2L * MAX_PAGE, length));
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (isReset(bytes)) {
            return Optional.empty();
        }
        Optional<RestartPage> newest = newer(page(bytes, 0), second(bytes));
        if (newest.isEmpty()) {
            return pending("has a log without a sound restart page");
        }
        if (newest.get().version() == 2) {
            // the version is that of a closed log again only when Windows let go of the volume
            return pending("is still in use by Windows, which may keep newer metadata to itself (its log has version 2)");
        }
        return newest.get().closed() ? Optional.empty() : pending("has a log that was not closed");
    }

    private static Optional<Finding> pending(String evidence) {
        return Optional.of(new Finding(VolumeCondition.JOURNAL_PENDING, evidence));
    }

    /** A driver that changed the volume without the log fills it with ones; an all-zero one was never used. */
    private static boolean isReset(ByteBuffer bytes) {
        byte first = bytes.get(0);
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) != first) {
                return false;
            }
        }
        return first == 0 || first == -1;
    }

    /** The second page stands behind the first, whose size only a sound page tells. */
    private static Optional<RestartPage> second(ByteBuffer bytes) {
        Optional<RestartPage> found = Optional.empty();
        for (int at = MIN_PAGE; at <= MAX_PAGE && at < bytes.limit() && found.isEmpty(); at *= 2) {
            found = page(bytes, at);
        }
        return found;
    }

    private static Optional<RestartPage> newer(Optional<RestartPage> one, Optional<RestartPage> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return Long.compareUnsigned(one.get().lsn(), other.get().lsn()) >= 0 ? one : other;
    }

    private static Optional<RestartPage> page(ByteBuffer bytes, int at) {
        if (bytes.limit() - at < MIN_PAGE || bytes.getInt(at) != RESTART && bytes.getInt(at) != CHECKED) {
            return Optional.empty();
        }
        long size = Integer.toUnsignedLong(bytes.getInt(at + PAGE_SIZE_AT));
        if (size < MIN_PAGE || size > Math.min(MAX_PAGE, bytes.limit() - at) || Long.bitCount(size) != 1) {
            return Optional.empty();
        }
        ByteBuffer page = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN).put(0, bytes, at, (int) size);
        int area = Short.toUnsignedInt(page.getShort(AREA_AT));
        if (!UpdateSequence.undo(page) || area % 8 != 0 || area + AREA_LENGTH > size) {
            return Optional.empty();
        }
        int clients = Short.toUnsignedInt(page.getShort(area + CLIENTS_IN_USE_AT));
        int flags = page.getShort(area + FLAGS_AT);
        return Optional.of(new RestartPage(page.getLong(area + LSN_AT), page.getShort(MAJOR_AT),
                clients == NO_CLIENT || (flags & CLEAN) != 0));
    }
}
