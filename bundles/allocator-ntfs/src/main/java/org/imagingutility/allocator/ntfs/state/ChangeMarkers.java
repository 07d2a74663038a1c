package org.imagingutility.allocator.ntfs.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;

/**
 * Collects what nearly any change of a volume touches. Windows writes the restart areas of {@code $LogFile} and the
 * pages behind them whenever it has changed anything; other drivers keep no log, but a file that comes or goes changes
 * the bitmaps, and often a record among the first or the root directory. What cannot be found is left out. For one
 * thread, once.
 */
public final class ChangeMarkers {
    private static final long MIRROR = 1;
    private static final long LOG = 2;
    private static final long ROOT = 5;
    private static final long BITMAP = 6;
    private static final long PAGE = 4096;
    private static final String DIRECTORY = "$I30";

    // bytes of each from its begin on; together less than 2 MiB
    private static final long TABLE_LENGTH = 256 << 10;
    private static final long MIRROR_LENGTH = 64 << 10;
    /** Two restart pages, and the 32 pages that version 2 of the log writes first. */
    private static final long LOG_LENGTH = 256 << 10;
    private static final long ROOT_LENGTH = 64 << 10;
    private static final long BITMAP_LENGTH = 512 << 10;

    private final long deviceLength;
    /** Ranges by begin; may overlap on a damaged volume. */
    private final Map<Long, Long> ends = new TreeMap<>();

    private ChangeMarkers(long deviceLength) {
        this.deviceLength = deviceLength;
    }

    /** Names one stream of the file in {@code record}. */
    private record Source(long record, int type, String name, long length) {
        Mft.Data find(Mft mft) throws ImagingException {
            return mft.stream(mft.readBase(record), type, name, "record " + record);
        }
    }

    private static final List<Source> SOURCES = List.of(
            new Source(0, Attribute.BITMAP, "", BITMAP_LENGTH),
            new Source(MIRROR, Attribute.DATA, "", MIRROR_LENGTH),
            new Source(LOG, Attribute.DATA, "", LOG_LENGTH),
            new Source(ROOT, Attribute.INDEX_ALLOCATION, DIRECTORY, ROOT_LENGTH),
            new Source(BITMAP, Attribute.DATA, "", BITMAP_LENGTH));

    /** Returns the places on the device. */
    public static ExtentList of(Volume volume, MftTable table) throws ImagingException {
        ChangeMarkers markers = new ChangeMarkers(volume.reader().deviceLength());
        markers.add(table.stream(), Math.min(TABLE_LENGTH, table.position(table.recordCount())));
        try {
            Mft mft = Mft.open(volume);
            for (Source source : SOURCES) {
                markers.add(volume, mft, source);
            }
        } catch (FileSystemException | DeviceException unreadable) {
            // record 0 was readable when the volume was recognised; what was learned then is what there is
        }
        return markers.merged();
    }

    private void add(Volume volume, Mft mft, Source source) throws ImagingException {
        try {
            Mft.Data data = source.find(mft);
            // whole pages, because devices transfer whole sectors; sizes fit the runs and have been checked
            long pages = (Math.min(source.length(), data.first().dataSize()) + PAGE - 1) / PAGE * PAGE;
            add(volume.stream(data.runs()), Math.min(pages, volume.bytesOf(data.runs())));
        } catch (FileSystemException | DeviceException unknown) {
            // one place less
        }
    }

    private void add(DataStream stream, long length) {
        for (long done = 0; done < length;) {
            long part = Math.min(length - done, stream.contiguous(done));
            long offset = stream.deviceOffset(done);
            ends.merge(offset, offset + part, Math::max);
            done += part;
        }
    }

    private ExtentList merged() {
        ExtentList.Builder extents = new ExtentList.Builder();
        long end = 0;
        for (Map.Entry<Long, Long> range : ends.entrySet()) {
            long from = Math.max(end, range.getKey());
            long to = Math.min(deviceLength, range.getValue());
            if (from < to) {
                extents.add(from, to - from);
                end = to;
            }
        }
        return extents.build();
    }
}
