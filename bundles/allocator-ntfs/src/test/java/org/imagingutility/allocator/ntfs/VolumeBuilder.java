package org.imagingutility.allocator.ntfs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;

/**
 * Builds a volume with just what an allocator looks at: boot sector, records 0, 2, 3, 5, 6 of {@code $MFT} and their
 * extensions, and the bitmap. Where the clusters of {@code $MFT} and {@code $Bitmap} are is up to the test.
 */
final class VolumeBuilder {
    static final long SERIAL = 0x0123_4567_89AB_CDEFL;

    int sectorSize = 512;
    int clusterSize = 4096;
    int sectorsPerCluster = -1;
    int recordSize = 1024;
    int clustersPerRecord = -10;
    long clusterCount = 1000;
    long surplusBytes = 512;
    List<Run> mft = List.of(new Run(4, 16));
    List<Run> bitmap = List.of(new Run(2, 1));
    ListForm mftList = ListForm.NONE;
    ListForm bitmapList = ListForm.NONE;
    /** Clusters for attribute lists that stand outside their records. */
    List<Run> listClusters = List.of(new Run(30, 1), new Run(28, 1));
    /** Records extensions are put into, in this order. */
    int nextExtension = 12;
    /** Where those of {@code $Bitmap} begin; -1: behind those of {@code $MFT}. */
    int nextExtensionOfBitmap = -1;
    String label = "TEST";
    /** Flags in {@code $Volume}. */
    int volumeFlags;
    /** Clusters of {@code $LogFile}, which has no bytes if there are none. */
    List<Run> log = List.of();
    /** Entries of the root directory. */
    final List<byte[]> rootEntries = new ArrayList<>();
    /** Clusters in use besides those of the structures, and besides all others where {@link #fillBitmap} is false. */
    final BitSet inUse = new BitSet();
    boolean fillBitmap = true;
    final SparseBytes bytes = new SparseBytes();

    /** Whether a file has an attribute list, and where. */
    enum ListForm { NONE, RESIDENT, NON_RESIDENT }

    /** Sets the cluster size, with the byte in the boot sector that says it. */
    VolumeBuilder clusters(int size, long count) {
        clusterSize = size;
        clusterCount = count;
        return this;
    }

    /** Writes everything and returns the device. */
    CountingDevice build() {
        return build(512);
    }

    /** Writes everything and returns the device, which transfers sectors of {@code deviceSectorSize} bytes. */
    CountingDevice build(int deviceSectorSize) {
        writeBoot();
        writeFile(0, mft, mftList, clusters(mft));
        writeVolumeRecord();
        write(2, 2, List.of(log.isEmpty() ? Records.resident(Attribute.DATA, new byte[0])
                : Records.nonResident(Attribute.DATA, 0, log, clusterSize, clusters(log) * clusterSize, clusters(log))));
        write(5, 5, List.of(Records.resident(Attribute.INDEX_ROOT, "$I30", Records.indexRoot(rootEntries))));
        nextExtension = nextExtensionOfBitmap >= 0 ? nextExtensionOfBitmap : nextExtension;
        long needed = (clusterCount - 1) / 8 + 1;
        writeFile(6, bitmap, bitmapList, -needed);
        if (fillBitmap) {
            markStructures();
            writeBitmap();
        }
        return new CountingDevice(deviceLength(), deviceSectorSize, bytes);
    }

    long deviceLength() {
        return clusterCount * clusterSize + surplusBytes;
    }

    /** Returns where record {@code number} begins on the device. */
    long recordOffset(long number) {
        return deviceOffset(mft, number * recordSize);
    }

    /** Writes a record that is not extended, or extends {@code base}, over what there is; to be called after building. */
    void put(int number, int base, byte[]... attributes) {
        write(number, base, List.of(attributes));
    }

    /** Changes a record: {@code at} counts in the record without its update sequence. */
    void patchRecord(long number, int at, byte... value) {
        byte[] record = bytes.read(recordOffset(number), recordSize);
        for (int block = 0; block < recordSize / 512; block++) {
            System.arraycopy(record, 48 + 2 * (block + 1), record, (block + 1) * 512 - 2, 2);
        }
        System.arraycopy(value, 0, record, at, value.length);
        writeStream(mft, number * recordSize, Records.protect(record));
    }

    /** Returns the byte of record {@code number} at which its first attribute of {@code type} begins. */
    int attributeAt(long number, int type) {
        byte[] record = bytes.read(recordOffset(number), recordSize);
        int at = record[20];
        while ((record[at] & 0xFF) != type) {
            int length = (record[at + 4] & 0xFF) | (record[at + 5] & 0xFF) << 8;
            if (length == 0) {
                throw new IllegalArgumentException("record " + number + " has no attribute " + type);
            }
            at += length;
        }
        return at;
    }

    private void writeBoot() {
        bytes.write(0, (byte) 0xEB, (byte) 0x52, (byte) 0x90);
        bytes.write(3, "NTFS    ".getBytes(StandardCharsets.US_ASCII));
        bytes.writeShort(11, sectorSize);
        int sectors = clusterSize / sectorSize;
        int field = sectors <= 128 ? sectors : -Integer.numberOfTrailingZeros(sectors);
        bytes.write(13, (byte) (sectorsPerCluster >= 0 ? sectorsPerCluster : field));
        bytes.writeLong(40, clusterCount * sectors);
        bytes.writeLong(48, mft.get(0).lcn());
        bytes.writeLong(56, clusterCount / 2);
        bytes.write(64, (byte) clustersPerRecord);
        bytes.writeLong(72, SERIAL);
        bytes.writeShort(510, 0xAA55);
    }

    private void writeVolumeRecord() {
        byte[] information = new byte[12];
        information[8] = 3;
        information[9] = 1;
        information[10] = (byte) volumeFlags;
        information[11] = (byte) (volumeFlags >> 8);
        write(3, 3, List.of(Records.resident(Attribute.VOLUME_NAME, label.getBytes(StandardCharsets.UTF_16LE)),
                Records.resident(Attribute.VOLUME_INFORMATION, information)));
    }

    /** Writes a file: all in one record, or each run in a record of its own behind an attribute list. */
    private void writeFile(int number, List<Run> runs, ListForm form, long lengthOrClusters) {
        long total = clusters(runs);
        long size = lengthOrClusters < 0 ? -lengthOrClusters : lengthOrClusters * clusterSize;
        List<byte[]> attributes = new ArrayList<>(List.of(Records.resident(0x10, new byte[72]), Records.namedData()));
        if (form == ListForm.NONE) {
            attributes.add(Records.nonResident(Attribute.DATA, 0, runs, clusterSize, size, total));
        } else {
            ByteArrayOutputStream list = new ByteArrayOutputStream();
            list.writeBytes(Records.entry(0x10, false, 0, Records.reference(number)));
            list.writeBytes(Records.entry(Attribute.DATA, true, 0, Records.reference(number)));
            long vcn = 0;
            for (Run run : runs) {
                // $MFT itself must begin in its own record; another file has no such need
                int holder = number == 0 && vcn == 0 ? 0 : nextExtension++;
                byte[] piece = Records.nonResident(Attribute.DATA, vcn, List.of(run), clusterSize, size, total);
                list.writeBytes(Records.entry(Attribute.DATA, false, vcn, Records.reference(holder)));
                if (holder == number) {
                    attributes.add(piece);
                } else {
                    write(holder, number, List.of(piece));
                }
                vcn += run.length();
            }
            attributes.add(1, form == ListForm.RESIDENT ? Records.resident(Attribute.ATTRIBUTE_LIST, list.toByteArray())
                    : outsideList(list.toByteArray()));
        }
        write(number, number, attributes);
    }

    private byte[] outsideList(byte[] list) {
        writeStream(listClusters, 0, list);
        return Records.nonResident(Attribute.ATTRIBUTE_LIST, 0, listClusters, clusterSize, list.length,
                clusters(listClusters));
    }

    private void write(int number, int base, List<byte[]> attributes) {
        writeStream(mft, (long) number * recordSize, Records.record(number, base, recordSize, attributes));
    }

    private void markStructures() {
        inUse.set(0);
        mark(mft);
        mark(bitmap);
        mark(log);
        if (mftList == ListForm.NON_RESIDENT || bitmapList == ListForm.NON_RESIDENT) {
            mark(listClusters);
        }
    }

    private void mark(List<Run> runs) {
        runs.forEach(run -> inUse.set((int) run.lcn(), (int) (run.lcn() + run.length())));
    }

    /** Writes the bitmap with all bits behind the last cluster set, as drivers do. */
    private void writeBitmap() {
        BitSet bits = (BitSet) inUse.clone();
        long capacity = clusters(bitmap) * clusterSize * 8;
        bits.set((int) clusterCount, (int) Math.min(capacity, (clusterCount + 64) / 64 * 64));
        writeStream(bitmap, 0, bits.toByteArray());
    }

    private void writeStream(List<Run> runs, long position, byte[] content) {
        for (int done = 0; done < content.length;) {
            int part = (int) Math.min(content.length - done, clusterSize - (position + done) % clusterSize);
            byte[] slice = new byte[part];
            System.arraycopy(content, done, slice, 0, part);
            bytes.write(deviceOffset(runs, position + done), slice);
            done += part;
        }
    }

    private long deviceOffset(List<Run> runs, long position) {
        long vcn = position / clusterSize;
        for (Run run : runs) {
            if (vcn < run.length()) {
                return (run.lcn() + vcn) * clusterSize + position % clusterSize;
            }
            vcn -= run.length();
        }
        throw new IllegalArgumentException("position " + position + " is not in " + runs);
    }

    private static long clusters(List<Run> runs) {
        return Records.clusters(runs);
    }
}
