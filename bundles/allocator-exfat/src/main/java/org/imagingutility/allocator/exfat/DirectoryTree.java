package org.imagingutility.allocator.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.imagingutility.api.allocator.ClusterReferences;
import org.imagingutility.api.allocator.ClusterWindow;
import org.imagingutility.api.allocator.VisitedClusters;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.FatReader;
import org.imagingutility.fs.exfat.Place;
import org.imagingutility.fs.exfat.RootDirectory;

/**
 * What the entries of all directories refer to (sections 6 and 7): clusters that follow one another where an entry says that
 * it needs no chain, else those of its chain in the FAT. Where a chain breaks off, that is an error, since something would be
 * missing. For one thread.
 */
final class DirectoryTree implements ClusterReferences {
    private static final int ENTRY_SIZE = 32;
    private static final int READ_LENGTH = 256 << 10;
    private static final int END = 0x00;
    private static final int FILE = 0x85;
    private static final int STREAM = 0xC0;
    private static final int VENDOR_ALLOCATION = 0xE1;
    /** GeneralSecondaryFlags: the entry has clusters, and they need no chain. */
    private static final int HAS_CLUSTERS = 1;
    private static final int NO_CHAIN = 2;
    private static final int FLAGS_AT = 1;
    private static final int ATTRIBUTES_AT = 4;
    private static final int DIRECTORY = 0x10;
    private static final int FIRST_CLUSTER_AT = 20;
    private static final int LENGTH_AT = 24;
    private static final int MAX_REMEMBERED = 1 << 20;

    private final Device device;
    private final BootSector boot;
    private final int activeFat;
    private final ReservedClusters reserved;

    /**
     * Creates the references of a volume.
     *
     * @param activeFat number of the FAT that counts
     * @param reserved clusters of the root directory, the bitmap and the up-case table
     */
    DirectoryTree(Device device, BootSector boot, int activeFat, ReservedClusters reserved) {
        this.device = device;
        this.boot = boot;
        this.activeFat = activeFat;
        this.reserved = reserved;
    }

    @Override
    public void addTo(ClusterWindow window) throws ImagingException {
        reserved.addTo(window);
        new Walk(window).run();
    }

    /**
     * A directory that is still to be read.
     *
     * @param first first cluster
     * @param clusters how many clusters follow one another from there; 0 if they are in a chain
     */
    private record Directory(long first, long clusters) {
    }

    /** Goes through the directories once. */
    private final class Walk {
        private final ClusterWindow window;
        private final AlignedReader reader = new AlignedReader(device);
        private final FatReader fat = new FatReader(new AlignedReader(device), boot, activeFat);
        private final VisitedClusters seen = new VisitedClusters(MAX_REMEMBERED);
        private final Deque<Directory> waiting = new ArrayDeque<>();
        /** How many clusters of directories may still be read: on a sound volume none is read twice. */
        private long clustersLeft = boot.clusterCount();

        Walk(ClusterWindow window) {
            this.window = window;
        }

        void run() throws ImagingException {
            put(new Directory(boot.rootCluster(), 0));
            while (!waiting.isEmpty()) {
                read(waiting.pop());
            }
        }

        private void read(Directory directory) throws ImagingException {
            boolean directoryFollows = false;
            long cluster = directory.first();
            for (long index = 0; cluster >= 0; index++) {
                Place place = new Place(reader.deviceName(), boot.offsetOf(cluster));
                if (--clustersLeft < 0 || index * boot.clusterSize() >= RootDirectory.MAX_LENGTH) {
                    throw place.wrong(0, "directories share clusters, lead in circles, or are longer than "
                            + RootDirectory.MAX_LENGTH + " bytes");
                }
                for (int done = 0; done < boot.clusterSize(); done += READ_LENGTH) {
                    int length = Math.min(boot.clusterSize() - done, READ_LENGTH);
                    ByteBuffer bytes = ByteBuffer.allocate(length).put(reader.read(place.offset() + done, length)).flip()
                            .order(ByteOrder.LITTLE_ENDIAN);
                    for (int at = 0; at < length; at += ENTRY_SIZE) {
                        int type = Byte.toUnsignedInt(bytes.get(at));
                        if (type == END) {
                            return;
                        }
                        if (type == FILE) {
                            directoryFollows = (bytes.get(at + ATTRIBUTES_AT) & DIRECTORY) != 0;
                        } else if (type == STREAM || type == VENDOR_ALLOCATION) {
                            stream(bytes, at, type == STREAM && directoryFollows,
                                    new Place(place.device(), place.offset() + done + at));
                        }
                    }
                }
                cluster = directory.clusters() == 0 ? fat.next(cluster, "a directory")
                        : index + 1 < directory.clusters() ? cluster + 1 : -1;
            }
        }

        private void stream(ByteBuffer bytes, int at, boolean directory, Place place) throws ImagingException {
            int flags = bytes.get(at + FLAGS_AT);
            long first = Integer.toUnsignedLong(bytes.getInt(at + FIRST_CLUSTER_AT));
            long length = bytes.getLong(at + LENGTH_AT);
            if ((flags & HAS_CLUSTERS) == 0 || first == 0 && length == 0) {
                return;
            }
            if (first < BootSector.FIRST_CLUSTER || first >= boot.endCluster()) {
                throw place.wrong(FIRST_CLUSTER_AT, "a file or directory begins in cluster " + first + ", which is not in 2.."
                        + (boot.endCluster() - 1));
            }
            long clusters = Math.max(1, (Long.divideUnsigned(length + boot.clusterSize() - 1, boot.clusterSize())));
            if (length < 0 || clusters > boot.clusterCount()) {
                throw place.wrong(LENGTH_AT, "a file or directory has " + Long.toUnsignedString(length)
                        + " bytes, more than the volume");
            }
            if ((flags & NO_CHAIN) != 0) {
                addRun(first, clusters, place);
            } else {
                addChain(first, clusters, place);
            }
            if (directory) {
                put(new Directory(first, (flags & NO_CHAIN) != 0 ? clusters : 0));
            }
        }

        private void addRun(long first, long clusters, Place place) throws FileSystemException {
            if (clusters > boot.endCluster() - first) {
                throw place.wrong(FIRST_CLUSTER_AT, "a file or directory has " + clusters + " clusters from cluster " + first
                        + " on; the volume ends before cluster " + boot.endCluster());
            }
            window.add(first, first + clusters);
            checkSum(place);
        }

        private void addChain(long first, long clusters, Place place) throws ImagingException {
            long found = 0;
            long start = first;
            long cluster = first;
            while (cluster >= 0 && found < clusters) {
                found++;
                // what the entry needs counts; whether the chain continues is another matter
                long next = found < clusters ? fat.next(cluster, "a file or directory") : -1;
                if (next != cluster + 1) {
                    window.add(start, cluster + 1);
                    checkSum(place);
                    start = next;
                }
                cluster = next;
            }
            if (found < clusters) {
                throw place.wrong(LENGTH_AT, "a file or directory has " + clusters + " clusters, its chain only " + found);
            }
        }

        private void checkSum(Place place) throws FileSystemException {
            if (window.referred() > 2 * boot.clusterCount()) {
                throw place.wrong(0, "entries up to this one refer to more clusters than the volume has twice over");
            }
        }

        private void put(Directory directory) {
            if (seen.add(directory.first())) {
                waiting.push(directory);
            }
        }
    }
}
