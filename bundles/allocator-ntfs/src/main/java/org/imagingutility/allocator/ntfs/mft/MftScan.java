package org.imagingutility.allocator.ntfs.mft;

import java.util.Arrays;
import java.util.BitSet;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.MftTable;

/**
 * Goes through all records of {@code $MFT} in large blocks. Records that cannot be read are told of and passed over.
 * For one thread.
 */
public final class MftScan {
    /** Bytes read at a time; a multiple of any record size. */
    public static final int BLOCK_LENGTH = 1 << 20;
    /**
     * How many reads may fail before a read that fails costs all of its block: a failing disk can take half a minute to
     * say that it cannot read a sector.
     */
    public static final int MAX_FAILED_READS = 64;

    private final AlignedReader reader;
    private final MftTable table;
    private final RangeIndex suspects;
    private final byte[] block;
    private final BitSet unreadable = new BitSet();
    private int failedReads;

    /**
     * Creates a scan of {@code table} that reads through {@code reader}.
     *
     * @param suspects ranges of the device that may be unreadable as a whole
     */
    public MftScan(AlignedReader reader, MftTable table, RangeIndex suspects) {
        this.reader = reader;
        this.table = table;
        this.suspects = suspects;
        this.block = new byte[(int) Math.min(BLOCK_LENGTH, table.position(table.recordCount()))];
    }

    /** Gets the records in order. */
    public interface Visitor {
        /** Takes record {@code number}, as it is stored, from byte {@code at} of {@code bytes} on; valid until return. */
        void record(long number, byte[] bytes, int at) throws ImagingException;

        /** Takes note that record {@code number} cannot be read. */
        void unreadable(long number) throws ImagingException;
    }

    /** Shows all records to {@code visitor}. */
    public void run(Visitor visitor) throws ImagingException {
        int perBlock = BLOCK_LENGTH / table.recordSize();
        for (long first = 0; first < table.recordCount(); first += perBlock) {
            int count = (int) Math.min(perBlock, table.recordCount() - first);
            load(first, count);
            for (int i = 0; i < count; i++) {
                if (unreadable.get(i)) {
                    visitor.unreadable(first + i);
                } else {
                    visitor.record(first + i, block, i * table.recordSize());
                }
            }
        }
    }

    private void load(long first, int count) throws ImagingException {
        unreadable.clear();
        long start = table.position(first);
        int length = count * table.recordSize();
        int done = 0;
        while (done < length) {
            int part = (int) Math.min(length - done, table.stream().contiguous(start + done));
            done += loadPart(start + done, done, part);
        }
    }

    /**
     * Loads bytes that follow one another on the device. Where they cannot be read, what stands before the bad byte is
     * kept, and the record with the bad byte given up, or all that stands in a range that is bad.
     *
     * @return how many bytes were dealt with: all, or those up to the end of what was given up
     */
    private int loadPart(long position, int target, int length) throws ImagingException {
        long offset = table.stream().deviceOffset(position);
        try {
            reader.read(offset, length).get(block, target, length);
            return length;
        } catch (DeviceException e) {
            if (++failedReads > MAX_FAILED_READS) {
                giveUp(target, length);
                return length;
            }
            long badSector = e.offset() - Math.floorMod(e.offset(), (long) reader.sectorSize());
            // a place outside what was read says nothing
            int good = badSector > offset && badSector < offset + length ? (int) (badSector - offset) : 0;
            int badRecord = (target + good) / table.recordSize();
            int bad = badBytes(offset + good, length - good);
            int end = Math.min(target + length, ((target + good + bad - 1) / table.recordSize() + 1) * table.recordSize());
            int before = badRecord * table.recordSize() - target;
            if (before > 0) {
                loadBefore(offset, target, before);
            }
            giveUp(target + Math.max(before, 0), end - target - Math.max(before, 0));
            return end - target;
        }
    }

    /**
     * Returns how many bytes are to be given up where the one at {@code offset} cannot be read: those up to the end of the
     * suspected range if the last of them cannot be read either, else this one.
     */
    private int badBytes(long offset, int left) throws ImagingException {
        int suspected = (int) Math.min(left, suspects.endOfExtentAt(offset) - offset);
        if (suspected <= table.recordSize()) {
            return 1;
        }
        try {
            reader.read(offset + suspected - 1, 1);
            return 1;
        } catch (DeviceException e) {
            failedReads++;
            return suspected;
        }
    }

    private void loadBefore(long offset, int target, int length) throws ImagingException {
        try {
            reader.read(offset, length).get(block, target, length);
        } catch (DeviceException e) {
            failedReads++;
            giveUp(target, length);
        }
    }

    private void giveUp(int from, int length) {
        Arrays.fill(block, from, from + length, (byte) 0);
        unreadable.set(from / table.recordSize(), (from + length - 1) / table.recordSize() + 1);
    }
}
