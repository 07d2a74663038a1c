package org.imagingutility.allocator.ntfs.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.imagingutility.allocator.ntfs.clusters.ReservedClusters;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.DirectoryIndex;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * The files whose content Windows recreates: those that it pages to, the memory of a sleep that is over, and the storage of its
 * snapshots, which have the identity of their maker in their names ({@code FilesNotToSnapshot} and "Volume Shadow Copy Service" in
 * the documentation of Windows). For one thread.
 */
public final class RemadeFiles {
    private static final long ROOT = 5;
    private static final Set<String> IN_ROOT = Set.of("pagefile.sys", "swapfile.sys", "hiberfil.sys");
    private static final String SYSTEM_FOLDER = "System Volume Information";
    private static final String SNAPSHOT_STORAGE = "{3808876b-c176-4e48-b7ae-04046e6cc752}";
    /** Windows keeps at most 512 snapshots of a volume. */
    private static final int MOST_FILES = 1024;

    private final Mft mft;
    private final Volume volume;
    private final ReservedClusters reserved;

    /** Creates a search; {@code reserved} are clusters that no file can have. */
    public RemadeFiles(Volume volume, ReservedClusters reserved) throws ImagingException {
        this.mft = Mft.open(volume);
        this.volume = volume;
        this.reserved = reserved;
    }

    /**
     * Returns the files, none that cannot be read or trusted, and none at all where two of them claim the same clusters.
     *
     * @param snapshotStorage whether the storage of snapshots counts: of a volume in use it comes and goes
     */
    public List<TransientFile> find(boolean snapshotStorage) throws ImagingException {
        List<Found> found = new ArrayList<>();
        add(ROOT, "\\", name -> IN_ROOT.contains(name.toLowerCase(Locale.ROOT)), found);
        if (snapshotStorage) {
            for (DirectoryIndex.Entry folder : entries(ROOT, SYSTEM_FOLDER::equalsIgnoreCase)) {
                add(MftRecord.numberIn(folder.reference()), "\\" + folder.name() + "\\",
                        name -> name.toLowerCase(Locale.ROOT).endsWith(SNAPSHOT_STORAGE), found);
            }
        }
        return overlap(found) ? List.of() : found.stream().map(Found::file).toList();
    }

    /** A file, and its runs sorted by their places on the volume. */
    private record Found(TransientFile file, long[][] runs) {
    }

    private List<DirectoryIndex.Entry> entries(long directory, Predicate<String> wanted) throws ImagingException {
        try {
            return new DirectoryIndex(mft, volume, directory).find(wanted, MOST_FILES);
        } catch (FileSystemException e) {
            return List.of();
        } catch (DeviceException e) {
            requireThere(e);
            return List.of();
        }
    }

    private void add(long directory, String path, Predicate<String> wanted, List<Found> found) throws ImagingException {
        for (DirectoryIndex.Entry entry : entries(directory, wanted)) {
            try {
                MftRecord record = mft.readBase(MftRecord.numberIn(entry.reference()));
                boolean inClusters = record.sequence() == MftRecord.sequenceIn(entry.reference())
                        && record.find(Attribute.DATA).filter(Attribute.Resident.class::isInstance).isEmpty();
                long[][] runs = inClusters ? runs(mft.stream(record, Attribute.DATA, "", entry.name()).runs()) : new long[0][];
                if (runs.length > 0) {
                    found.add(new Found(new TransientFile(path + entry.name(), extents(runs)), runs));
                }
            } catch (FileSystemException e) {
                // it is kept: all that is certain of it is that it is in use
            } catch (DeviceException e) {
                requireThere(e);
            }
        }
    }

    /** Returns the first clusters of runs and those behind them, sorted; none if one of them cannot be a file's. */
    private long[][] runs(RunList list) {
        long[][] runs = new long[list.count()][];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = new long[] {list.lcn(i), list.lcn(i) + list.length(i)};
            if (reserved.firstIn(runs[i][0], runs[i][1]) >= 0) {
                return new long[0][];
            }
        }
        Arrays.sort(runs, Comparator.comparingLong(run -> run[0]));
        return disjoint(runs) ? runs : new long[0][];
    }

    private static boolean disjoint(long[][] sorted) {
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i][0] < sorted[i - 1][1]) {
                return false;
            }
        }
        return true;
    }

    private static boolean overlap(List<Found> found) {
        long[][] all = found.stream().flatMap(each -> Arrays.stream(each.runs)).toArray(long[][]::new);
        Arrays.sort(all, Comparator.comparingLong(run -> run[0]));
        return !disjoint(all);
    }

    private ExtentList extents(long[][] runs) {
        ExtentList.Builder extents = new ExtentList.Builder();
        long clusterSize = volume.boot().clusterSize();
        for (long[] run : runs) {
            extents.add(run[0] * clusterSize, (run[1] - run[0]) * clusterSize);
        }
        return extents.build();
    }

    private static void requireThere(DeviceException e) throws DeviceException {
        if (e.isDeviceChanged()) {
            throw e;
        }
    }
}
