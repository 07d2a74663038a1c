package org.imagingutility.api.partition;

import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.osgi.annotation.versioning.ConsumerType;

/** Recognises the partition table of a disk and knows what belongs to it; writes nothing. Used by several threads at once. */
@ConsumerType
public interface PartitionTableReader {

    /** Returns the permanent name of this reader: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Looks at the device: at its first and last sectors and at those the table leads to, a few MiB at most.
     *
     * @return empty if there is no partition table of this reader's: an empty disk, or one with a file system right at its
     *         beginning
     * @throws org.imagingutility.api.error.PartitionTableException if there is one that cannot be gone by (damaged in all its
     *         copies): names the byte offset and what is wrong. What leaves the rest of the table sound is told by
     *         {@link PartitionTable#warnings} instead, and where answers exclude each other (partitions that overlap) by
     *         {@link PartitionTable#contradictions}
     * @throws org.imagingutility.api.error.DeviceException if the device cannot be read
     */
    Optional<PartitionTable> read(Device device) throws ImagingException;

    /**
     * Returns what is to be kept of a disk outside its partitions, at the least, so that the disk can be made again: the table
     * with its copies, the boot records of logical partitions, the room in which boot loaders live. Whole sectors, in no
     * partition.
     *
     * @param table what {@link #read} returned for {@code disk}
     */
    default ExtentList essentials(Device disk, PartitionTable table) throws ImagingException {
        return table.gaps();
    }

    /**
     * Returns where the table itself stands: boot records, headers and entries of all copies, extended boot records; whole
     * sectors, wherever on the disk they lie, also in partitions. A disk is divided as before only if all of them are there.
     *
     * @param table what {@link #read} returned for {@code disk}
     */
    default ExtentList structures(Device disk, PartitionTable table) throws ImagingException {
        return ExtentList.empty();
    }

    /**
     * Returns the length in bytes of the shortest disk that has room for the table and its partitions where they are.
     *
     * @param disk the disk, or something that has all of its {@link #essentials} and the same length
     * @param table what {@link #read} returned for it
     */
    default long shortestDisk(Device disk, PartitionTable table) throws ImagingException {
        return table.diskLength();
    }

    /**
     * Says what is to be changed so that the table fits a disk of another length, with all partitions where they are.
     *
     * @param disk the disk, or something that has all of its {@link #essentials} and the same length
     * @param table what {@link #read} returned for it
     * @param length length of the other disk in bytes, not less than {@link #shortestDisk}
     * @throws org.imagingutility.api.error.PartitionTableException if that cannot be done
     */
    default TableFit fit(Device disk, PartitionTable table, long length) throws ImagingException {
        if (length == table.diskLength()) {
            return TableFit.AS_IT_IS;
        }
        throw new PartitionTableException(disk.info().reference(), 0, "the plug-in " + name() + " cannot fit this table to a disk"
                + " of another length", "restore to a disk of " + table.diskLength() + " bytes");
    }

    /**
     * Makes a partition table for a single volume, so that it can be shown as a disk.
     *
     * @param volumeLength bytes, positive
     * @param sectorSize bytes of the sectors the table is to count in, a power of two from 512 to 4096
     * @param allocator name of the allocator that knew the file system, by which the type of the partition is chosen; may be empty
     * @param identity what tells the volume from others: the same one gives the same bytes
     * @return empty if this reader makes none
     */
    default Optional<DiskAround> around(long volumeLength, int sectorSize, String allocator, String identity) {
        return Optional.empty();
    }
}
