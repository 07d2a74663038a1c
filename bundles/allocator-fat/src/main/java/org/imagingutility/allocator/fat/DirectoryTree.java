package org.imagingutility.allocator.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.imagingutility.api.allocator.VisitedClusters;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.fat.ChainReader;
import org.imagingutility.fs.fat.FatReader;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;

/**
 * Goes through all directories of a volume that is not in order and looks whether one of the FATs has the whole chain of each
 * file and directory (fatgen103, "FAT Directory Structure"). If not, clusters that the FATs have free may belong to it, and
 * nobody can tell which. For one thread, once.
 */
final class DirectoryTree {
    private static final int ENTRY_SIZE = 32;
    private static final int ATTRIBUTES_AT = 11;
    private static final int CLUSTER_HIGH_AT = 20;
    private static final int CLUSTER_AT = 26;
    private static final int SIZE_AT = 28;
    private static final int DELETED = 0xE5;
    private static final int DOT = '.';
    private static final int LABEL = 0x08;
    private static final int DIRECTORY = 0x10;
    /** Bytes a directory can have: 65536 entries. */
    private static final int MAX_DIRECTORY = 65_536 * ENTRY_SIZE;
    private static final int READ_LENGTH = 64 << 10;
    private static final int MAX_REMEMBERED = 1 << 20;

    private final AlignedReader reader;
    private final ChainReader chains;
    private final Layout layout;
    private final VisitedClusters seen = new VisitedClusters(MAX_REMEMBERED);
    /** First clusters of directories that are still to be read. */
    private long[] waiting = new long[64];
    private int waitingCount;
    /** How many clusters may still be followed: on a sound volume no cluster is in two chains. */
    private long stepsLeft;

    /** Prepares to go through the directories of the volume on {@code device}. */
    DirectoryTree(Device device, Layout layout) {
        this.reader = new AlignedReader(device);
        this.chains = new ChainReader(new FatReader(device, layout), layout);
        this.layout = layout;
        this.stepsLeft = 4 * layout.entryCount();
    }

    /**
     * Looks at everything.
     *
     * @throws FileSystemException if a file or directory is not whole in any FAT
     */
    void check() throws ImagingException {
        if (layout.rootCluster() == 0) {
            look(layout.rootOffset(), layout.rootLength());
        } else {
            put(layout.rootCluster());
        }
        while (waitingCount > 0) {
            readDirectory(waiting[--waitingCount]);
        }
    }

    private void readDirectory(long first) throws ImagingException {
        boolean goesOn = true;
        long length = 0;
        for (long cluster = first; cluster >= FatType.FIRST_CLUSTER && goesOn; cluster = next(cluster)) {
            if (length >= MAX_DIRECTORY) {
                throw at(layout.offsetOf(first)).wrong(0, "a directory has more than " + MAX_DIRECTORY
                        + " bytes, or its chain leads in a circle");
            }
            length += layout.clusterSize();
            goesOn = look(layout.offsetOf(cluster), layout.clusterSize());
        }
    }

    /** Returns what the first FAT says that has an answer. */
    private long next(long cluster) throws ImagingException {
        long next = ChainReader.NOWHERE;
        for (int fat = 0; fat < chains.fatCount() && next == ChainReader.NOWHERE; fat++) {
            next = chains.next(fat, cluster);
        }
        if (--stepsLeft < 0) {
            throw at(layout.fatOffsets().get(0)).wrong(layout.type().byteOf(cluster),
                    "files and directories share clusters, or lead in circles");
        }
        return next;
    }

    /** Looks at entries; returns false if the last one of the directory was among them. */
    private boolean look(long offset, int length) throws ImagingException {
        for (int done = 0; done < length; done += READ_LENGTH) {
            int part = Math.min(length - done, READ_LENGTH);
            ByteBuffer bytes = ByteBuffer.allocate(part).put(reader.read(offset + done, part)).flip()
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + ENTRY_SIZE <= part; at += ENTRY_SIZE) {
                int first = Byte.toUnsignedInt(bytes.get(at));
                if (first == 0) {
                    return false;
                }
                if (first != DELETED && first != DOT && (bytes.get(at + ATTRIBUTES_AT) & LABEL) == 0) {
                    entry(bytes, at, at(offset + done + at));
                }
            }
        }
        return true;
    }

    private void entry(ByteBuffer bytes, int at, Place place) throws ImagingException {
        boolean directory = (bytes.get(at + ATTRIBUTES_AT) & DIRECTORY) != 0;
        long size = Integer.toUnsignedLong(bytes.getInt(at + SIZE_AT));
        long first = Short.toUnsignedLong(bytes.getShort(at + CLUSTER_AT))
                | (layout.type() == FatType.FAT32 ? Short.toUnsignedLong(bytes.getShort(at + CLUSTER_HIGH_AT)) << 16 : 0);
        if (first == 0 && size == 0 && !directory) {
            return;
        }
        if (first < FatType.FIRST_CLUSTER || first >= layout.entryCount()) {
            throw place.wrong(CLUSTER_AT, "a " + (directory ? "directory" : "file") + " begins in cluster " + first
                    + ", which is not in 2.." + (layout.entryCount() - 1));
        }
        long needed = directory ? 1 : Math.max(1, (size - 1) / layout.clusterSize() + 1);
        if (!isWhole(first, needed, directory)) {
            throw place.wrong(CLUSTER_AT, "the " + (directory ? "directory" : "file") + " that begins in cluster " + first
                    + " has a chain of clusters that breaks off in all FATs");
        }
        if (directory) {
            put(first);
        }
    }

    /** Says whether one FAT has a chain of at least so many clusters that comes to its end. */
    private boolean isWhole(long first, long needed, boolean directory) throws ImagingException {
        for (int fat = 0; fat < chains.fatCount(); fat++) {
            long length = 0;
            long cluster = first;
            // a file is whole with the clusters it needs, a directory says its length only by its chain
            while (cluster >= FatType.FIRST_CLUSTER && (directory ? length * layout.clusterSize() <= MAX_DIRECTORY
                    : length < needed)) {
                cluster = chains.next(fat, cluster);
                length++;
                if (--stepsLeft < 0) {
                    throw at(layout.fatOffsets().get(fat)).wrong(layout.type().byteOf(first),
                            "files and directories share clusters, or lead in circles");
                }
            }
            if (length >= needed && cluster != ChainReader.NOWHERE) {
                return true;
            }
        }
        return false;
    }

    private void put(long directory) {
        if (seen.add(directory)) {
            if (waitingCount == waiting.length) {
                waiting = Arrays.copyOf(waiting, waitingCount * 2);
            }
            waiting[waitingCount++] = directory;
        }
    }

    private Place at(long offset) {
        return new Place(reader.deviceName(), offset);
    }
}
