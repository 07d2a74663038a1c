package org.imagingutility.files.exfat;

import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.FatReader;
import org.imagingutility.fs.exfat.Place;

/**
 * The clusters of one file or directory: neighbours, or a chain. Remembers where it is in a chain; going back begins again. A chain that runs in a
 * circle is an error as soon as it was gone through twice at most (Brent's method). For one thread.
 */
final class FileClusters {
    private final FatReader fat;
    private final BootSector boot;
    private final Place place;
    private final String what;
    private final long first;
    private final boolean contiguous;
    private long cluster;
    private long index;
    private long mark;
    private long nextMark;

    /**
     * Creates it.
     *
     * @param needed how many clusters follow one another, where there is no chain
     * @param what names it for messages
     * @param place where the entries of the file stand
     */
    FileClusters(FatReader fat, BootSector boot, ExfatNode node, long needed, String what, Place place) throws FileSystemException {
        this.fat = fat;
        this.boot = boot;
        this.first = node.first();
        this.contiguous = node.contiguous();
        this.what = what;
        this.place = place;
        if (first < BootSector.FIRST_CLUSTER || first >= boot.endCluster() || contiguous && needed > boot.endCluster() - first) {
            throw place.wrong(0, what + " has clusters from " + first + " on" + (contiguous ? ", " + needed + " of them" : "")
                    + "; the volume has 2.." + (boot.endCluster() - 1));
        }
        begin();
    }

    private void begin() {
        cluster = first;
        index = 0;
        mark = first;
        nextMark = 1;
    }

    /** Returns cluster number {@code wanted}, counted from 0; negative if a chain ends before. */
    long at(long wanted) throws ImagingException {
        if (contiguous) {
            return first + wanted;
        }
        if (wanted < index) {
            begin();
        }
        while (index < wanted) {
            long next = fat.next(cluster, what);
            if (next < 0) {
                return -1;
            }
            if (next == mark) {
                throw place.wrong(0, "the chain of " + what + " leads back to cluster " + next);
            }
            cluster = next;
            index++;
            if (index == nextMark) {
                mark = cluster;
                nextMark *= 2;
            }
        }
        return cluster;
    }

    /** Returns how many clusters from number {@code from} on, which is there, follow one another on the volume; at most {@code most}. */
    long neighbours(long from, long most) throws ImagingException {
        if (contiguous) {
            return most;
        }
        long count = 1;
        for (long last = at(from); count < most && last + 1 < boot.endCluster() && fat.leadsToNeighbour(last); last++) {
            count++;
        }
        return count;
    }
}
