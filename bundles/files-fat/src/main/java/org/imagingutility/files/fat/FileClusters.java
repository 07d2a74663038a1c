package org.imagingutility.files.fat;

import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.fat.ChainReader;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;

/**
 * The chain of clusters of one file or directory. Remembers where it is; going back begins again. A chain that runs in a circle is an error as
 * soon as it was gone through twice at most (Brent's method). For one thread.
 */
final class FileClusters {
    private final ChainReader chains;
    private final Layout layout;
    private final Place place;
    private final String what;
    private final long first;
    private long cluster;
    private long index;
    private long mark;
    private long nextMark;

    /**
     * Creates a chain that begins with {@code first}, which is checked.
     *
     * @param what names it for messages
     * @param place where its number stands
     */
    FileClusters(ChainReader chains, Layout layout, long first, String what, Place place) throws FileSystemException {
        this.chains = chains;
        this.layout = layout;
        this.first = first;
        this.what = what;
        this.place = place;
        if (first < FatType.FIRST_CLUSTER || first >= layout.entryCount()) {
            throw place.wrong(0, what + " begins in cluster " + first + ", which is not in 2.." + (layout.entryCount() - 1));
        }
        begin();
    }

    private void begin() {
        cluster = first;
        index = 0;
        mark = first;
        nextMark = 1;
    }

    /** Returns cluster number {@code wanted} of the chain, counted from 0; negative if the chain ends before. */
    long at(long wanted) throws ImagingException {
        if (wanted < index) {
            begin();
        }
        while (index < wanted) {
            long next = following(cluster);
            if (next == ChainReader.END) {
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
    long contiguous(long from, long most) throws ImagingException {
        long begin = at(from);
        long count = 1;
        // only looked at: what breaks off there is told when it is read
        for (long last = begin; count < most && last + 1 < layout.entryCount() && peek(last) == last + 1; last++) {
            count++;
        }
        return count;
    }

    private long peek(long of) throws ImagingException {
        return chains.next(0, of);
    }

    /** Returns what the first FAT says that has an answer. */
    private long following(long of) throws ImagingException {
        for (int fat = 0; fat < chains.fatCount(); fat++) {
            long next = chains.next(fat, of);
            if (next != ChainReader.NOWHERE) {
                return next;
            }
        }
        throw place.wrong(0, "the chain of " + what + " breaks off behind cluster " + of);
    }
}
