package org.imagingutility.allocator.ntfs.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.allocator.ntfs.mft.MftBitmap;
import org.imagingutility.allocator.ntfs.mft.MftScan;
import org.imagingutility.allocator.ntfs.mft.RangeIndex;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.DiskText;

/**
 * Names the files of a volume that lie in ranges of the device: one pass over {@code $MFT}, then the directories of
 * those found. Memory grows with what is found, not with the volume. For one thread, once.
 */
public final class FileFinder {
    /** Most files that are named whatever the limit asked for, and most characters of all paths, for memory's sake. */
    static final int MAX_FILES = 100_000;
    static final int MAX_CHARACTERS = 16 << 20;

    private final Volume volume;
    private final MftTable table;
    private final RangeIndex ranges;
    private final int limit;
    private final List<TouchedFile> found = new ArrayList<>();
    private int characters;

    /** Prepares to look for at most {@code limit} files in {@code ranges} of the device. */
    public FileFinder(Volume volume, MftTable table, ExtentList ranges, int limit) {
        this.volume = volume;
        this.table = table;
        this.ranges = new RangeIndex(ranges);
        this.limit = Math.min(limit, MAX_FILES);
    }

    /** Looks for the files and returns them, sorted by path. */
    public List<TouchedFile> find() throws ImagingException {
        if (limit <= 0 || ranges.overlap(0, volume.reader().deviceLength()) == 0) {
            return List.of();
        }
        addPlacesOutsideFiles();
        TouchedRecords touched = new TouchedRecords(volume, table, ranges, new MftBitmap(volume), limit);
        new MftScan(volume.reader(), table, ranges).run(touched);
        addFiles(touched);
        found.sort(Comparator.comparing(TouchedFile::path).thenComparing(TouchedFile::bytes));
        return List.copyOf(found);
    }

    /** The boot sector is part of {@code $Boot} too, but users know it by its own name; its copy is in no file. */
    private void addPlacesOutsideFiles() {
        BootSector boot = volume.boot();
        long deviceLength = volume.reader().deviceLength();
        long copy = Math.min(boot.sectorCount() * boot.sectorSize(), deviceLength);
        long copyEnd = Math.min(copy + boot.sectorSize(), deviceLength);
        addPlace("(boot sector)", ranges.overlap(0, boot.sectorSize()));
        addPlace("(backup boot sector)", ranges.overlap(copy, copyEnd));
        addPlace("(behind the last cluster)", ranges.overlap(boot.clusteredLength(), copy)
                + ranges.overlap(copyEnd, deviceLength));
    }

    private void addPlace(String name, long bytes) {
        if (bytes > 0) {
            add(name, bytes);
        }
    }

    private void addFiles(TouchedRecords touched) throws ImagingException {
        FilePaths paths = new FilePaths(volume, table);
        for (TouchedRecord file : touched.files()) {
            Optional<String> path = paths.of(file);
            if (path.isPresent()) {
                for (Map.Entry<String, Long> stream : file.streams().entrySet()) {
                    String name = stream.getKey();
                    add(name.isEmpty() ? path.get() : path.get() + ":" + DiskText.shown(name), stream.getValue());
                }
            }
        }
        for (long number : touched.lost()) {
            add(FilePaths.ofLost(number), 0);
        }
    }

    private void add(String path, long bytes) {
        if (found.size() < limit && characters <= MAX_CHARACTERS - path.length()) {
            characters += path.length();
            found.add(new TouchedFile(path, bytes));
        }
    }
}
