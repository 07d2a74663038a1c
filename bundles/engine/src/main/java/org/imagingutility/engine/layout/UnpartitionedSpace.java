package org.imagingutility.engine.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import org.imagingutility.engine.source.DiskTable;

/**
 * What is kept of a disk beside its partitions.
 *
 * @param pieces what is stored as it is: the table wherever it stands, room for boot loaders, and all the rest if that is not
 *        much
 * @param image what else is kept, in an image
 * @param leftOut what is not kept
 */
record UnpartitionedSpace(ExtentList pieces, ExtentList image, List<LeftOut> leftOut) {
    /** Up to so many bytes a range of unpartitioned space is kept without a look: 1 GiB. */
    static final long SMALL = 1L << 30;
    /** Most of a range in front of the first partition that is stored as it is. */
    private static final long MAX_FRONT = 16 << 20;
    /** Most of the beginning of other ranges, and of the end of the disk, that is stored as it is. */
    private static final long MAX_EDGE = 1 << 20;
    /** What is kept beside the pieces is stored with them up to so many bytes in all, and in an image if it is more. */
    private static final long MAX_PLAIN = 16 << 20;

    /**
     * Decides what is kept.
     *
     * @param disk the disk, for reading
     * @param read its table, which contradicts nothing
     * @param parts the partitions, as far as they lie on the disk
     * @param whole why all is kept, a part of a sentence; empty if something may be left out
     * @param which what is to be kept
     * @param scan looks at space that may be left out
     * @param notices told what the user should know
     */
    static UnpartitionedSpace of(Device disk, DiskTable read, List<SourcePart> parts, Optional<String> whole,
            Unpartitioned which, SpaceScan scan, List<String> notices) throws ImagingException {
        List<Extent> taken = new ArrayList<>();
        parts.forEach(part -> Ranges.addTo(taken, part.ranges()));
        // the table is no free space, and is nothing that a scan should find there
        ExtentList structures = read.reader().structures(disk, read.table());
        Ranges.addTo(taken, structures);
        ExtentList space = Ranges.without(all(disk.length()), Ranges.union(taken));
        ExtentList essentials = read.reader().essentials(disk, read.table());
        List<Extent> kept = new ArrayList<>();
        Ranges.addTo(kept, structures);
        Ranges.addTo(kept, essentials);
        List<LeftOut> leftOut = new ArrayList<>();
        for (int i = 0; i < space.count(); i++) {
            Extent gap = new Extent(space.offset(i), space.length(i));
            Optional<LeftOut> free = free(gap, essentials, whole, which, scan, notices);
            if (free.isPresent()) {
                leftOut.add(free.get());
            } else {
                kept.add(gap);
            }
        }
        ExtentList there = Ranges.union(kept);
        return stored(disk, read, structures, there, cut(leftOut, there, notices));
    }

    private static ExtentList all(long length) {
        return length == 0 ? ExtentList.empty() : new ExtentList.Builder().add(0, length).build();
    }

    /** Says what a range is left out as; empty if it is kept. */
    private static Optional<LeftOut> free(Extent gap, ExtentList essentials, Optional<String> whole, Unpartitioned which,
            SpaceScan scan, List<String> notices) throws ImagingException {
        if (which == Unpartitioned.ENDS) {
            return essentials.within(gap.offset(), gap.length()).totalLength() == gap.length() ? Optional.empty()
                    : Optional.of(new LeftOut(gap.offset(), gap.length(), LeftOut.Content.UNKNOWN, "unpartitioned, not looked at"
                            + " (--unpartitioned ends)"));
        }
        if (which == Unpartitioned.ALL || gap.length() <= SMALL) {
            return Optional.empty();
        }
        if (whole.isPresent()) {
            notices.add(bytes(gap) + ", in no partition, are kept: " + whole.get());
            return Optional.empty();
        }
        SpaceScan.Found found = scan.in(gap.offset(), gap.end());
        if (found.known().isPresent()) {
            notices.add(bytes(gap) + ", in no partition, are kept: they hold " + found.known().get());
            return Optional.empty();
        }
        return Optional.of(new LeftOut(gap.offset(), gap.length(), found.content(), found.content() == LeftOut.Content.ZEROS
                ? "unpartitioned, zeros only" : "unpartitioned, no known signature"));
    }

    private static String bytes(Extent range) {
        return "bytes " + range.offset() + " to " + (range.end() - 1);
    }

    /** Takes away from what is left out what is kept of it. */
    private static List<LeftOut> cut(List<LeftOut> leftOut, ExtentList kept, List<String> notices) {
        List<LeftOut> cut = new ArrayList<>();
        for (LeftOut one : leftOut) {
            ExtentList rest = Ranges.without(new ExtentList.Builder().add(one.offset(), one.length()).build(), kept);
            for (int i = 0; i < rest.count(); i++) {
                cut.add(new LeftOut(rest.offset(i), rest.length(i), one.content(), one.reason()));
                notices.add("bytes " + rest.offset(i) + " to " + (rest.end(i) - 1) + " (" + rest.length(i)
                        + " bytes), in no partition, are left out: " + said(one.content()));
            }
        }
        return cut;
    }

    private static String said(LeftOut.Content content) {
        return switch (content) {
            case ZEROS -> "they hold zeros only";
            case DATA -> "they hold other than zeros, but no known file system or partition table (--unpartitioned all keeps"
                    + " them)";
            case UNKNOWN -> "they were not looked at (--unpartitioned ends)";
        };
    }

    /** Divides what is kept into what is stored as it is and what goes into an image. */
    private static UnpartitionedSpace stored(Device disk, DiskTable read, ExtentList structures, ExtentList kept,
            List<LeftOut> leftOut) {
        List<Extent> plain = new ArrayList<>();
        Ranges.addTo(plain, structures);
        long unit = Math.max(disk.sectorSize(), read.table().sectorSize());
        long tail = Math.max(0, disk.length() - MAX_EDGE) / unit * unit;
        for (int i = 0; i < kept.count(); i++) {
            plain.add(new Extent(kept.offset(i), Math.min(kept.length(i), kept.offset(i) == 0 ? MAX_FRONT : MAX_EDGE)));
            if (kept.end(i) > tail) {
                long from = Math.max(tail, kept.offset(i));
                plain.add(new Extent(from, kept.end(i) - from));
            }
        }
        ExtentList pieces = Ranges.union(plain);
        ExtentList rest = Ranges.without(kept, pieces);
        return rest.totalLength() <= MAX_PLAIN ? new UnpartitionedSpace(kept, ExtentList.empty(), leftOut)
                : new UnpartitionedSpace(pieces, rest, leftOut);
    }
}
