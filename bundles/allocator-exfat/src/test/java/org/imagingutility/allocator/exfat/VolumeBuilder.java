package org.imagingutility.allocator.exfat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;

/**
 * Makes exFAT volumes field by field, sound unless told otherwise, by the specification and without the code under test.
 * Set fields, then {@link #build}; what is written to {@link #bytes} later changes the built volume.
 */
final class VolumeBuilder {
    final SparseBytes bytes = new SparseBytes();
    int sectorShift = 9;
    int clusterShift = 3;
    long clusterCount = 4096;
    int fatCount = 1;
    int fatOffset = 128;
    int heapGap = 16;
    int flags;
    int spareSectors;
    int surplusBytes;
    String label = "";
    /** Clusters of the root directory, of the bitmap and of the up-case table, in order of their chains. */
    List<Long> root = List.of(5L);
    List<Long> bitmap = List.of();
    List<Long> upcase = List.of();
    long bitmapLength;
    boolean fillBitmap = true;
    /** By number of the cluster. */
    final BitSet inUse = new BitSet();

    int sectorSize() {
        return 1 << sectorShift;
    }

    int clusterSize() {
        return sectorSize() << clusterShift;
    }

    long fatSectors() {
        return ((clusterCount + 2) * 4 + sectorSize() - 1) / sectorSize();
    }

    long fat(int number) {
        return (fatOffset + number * fatSectors()) * sectorSize();
    }

    long heapSector() {
        return fatOffset + fatCount * fatSectors() + heapGap;
    }

    long clusterOffset(long cluster) {
        return heapSector() * sectorSize() + (cluster - 2) * clusterSize();
    }

    long volumeLength() {
        return clusterOffset(clusterCount + 2) + (long) spareSectors * sectorSize();
    }

    long deviceLength() {
        return volumeLength() + surplusBytes;
    }

    /** Returns where entry {@code index} of the root directory stands. */
    long entryOffset(int index) {
        int perCluster = clusterSize() / 32;
        return clusterOffset(root.get(index / perCluster)) + index % perCluster * 32L;
    }

    CountingDevice build() {
        return build(512);
    }

    CountingDevice build(int deviceSectorSize) {
        if (bitmapLength == 0) {
            bitmapLength = (clusterCount + 7) / 8;
        }
        long next = 2;
        if (bitmap.isEmpty()) {
            bitmap = new ArrayList<>();
            for (long done = 0; done < bitmapLength; done += clusterSize()) {
                while (root.contains(next)) {
                    next++;
                }
                bitmap.add(next++);
            }
        }
        if (upcase.isEmpty()) {
            while (root.contains(next)) {
                next++;
            }
            upcase = List.of(next);
        }
        for (List<Long> chain : List.of(root, bitmap, upcase)) {
            for (int i = 0; i < chain.size(); i++) {
                for (int fat = 0; fat < fatCount; fat++) {
                    setEntry(fat, chain.get(i), i + 1 < chain.size() ? chain.get(i + 1) : 0xFFFF_FFFFL);
                }
                if (fillBitmap) {
                    inUse.set(chain.get(i).intValue());
                }
            }
        }
        writeSystemEntry(0, 0x81, bitmap.get(0), bitmapLength);
        writeSystemEntry(1, 0x82, upcase.get(0), 300);
        bytes.write(entryOffset(2), (byte) (label.isEmpty() ? 0x03 : 0x83), (byte) label.length());
        bytes.write(entryOffset(2) + 2, label.getBytes(StandardCharsets.UTF_16LE));
        if (fillBitmap) {
            writeBitmap(bitmap);
        }
        writeBootRegion(0);
        writeBootRegion(12L * sectorSize());
        return new CountingDevice(deviceLength(), deviceSectorSize, bytes);
    }

    void setEntry(int fat, long cluster, long value) {
        bytes.writeInt(fat(fat) + cluster * 4, (int) value);
    }

    void writeSystemEntry(int index, int type, long firstCluster, long length) {
        bytes.write(entryOffset(index), (byte) type);
        bytes.writeInt(entryOffset(index) + 20, (int) firstCluster);
        bytes.writeLong(entryOffset(index) + 24, length);
    }

    /** Writes {@link #inUse} into the clusters of {@code chain}. */
    void writeBitmap(List<Long> chain) {
        byte[] bits = inUse.get(2, (int) clusterCount + 2).toByteArray();
        for (int i = 0; i < bits.length; i++) {
            bytes.write(clusterOffset(chain.get(i / clusterSize())) + i % clusterSize(), bits[i]);
        }
    }

    /** Writes the boot region at this byte, with its checksum. */
    void writeBootRegion(long at) {
        bytes.write(at, (byte) 0xEB, (byte) 0x76, (byte) 0x90);
        bytes.write(at + 3, "EXFAT   ".getBytes(StandardCharsets.US_ASCII));
        bytes.writeLong(at + 72, volumeLength() / sectorSize());
        bytes.writeInt(at + 80, fatOffset);
        bytes.writeInt(at + 84, (int) fatSectors());
        bytes.writeInt(at + 88, (int) heapSector());
        bytes.writeInt(at + 92, (int) clusterCount);
        bytes.writeInt(at + 96, root.get(0).intValue());
        bytes.writeInt(at + 100, 0x1A2B_3C4D);
        bytes.writeShort(at + 104, 0x0100);
        bytes.writeShort(at + 106, flags);
        bytes.write(at + 108, (byte) sectorShift, (byte) clusterShift, (byte) fatCount, (byte) 0x80);
        bytes.write(at + 510, (byte) 0x55, (byte) 0xAA);
        writeChecksum(at);
    }

    void writeChecksum(long at) {
        byte[] region = bytes.read(at, 11 * sectorSize());
        int sum = 0;
        for (int i = 0; i < region.length; i++) {
            if (i != 106 && i != 107 && i != 112) {
                sum = ((sum & 1) != 0 ? 0x8000_0000 : 0) + (sum >>> 1) + (region[i] & 0xFF);
            }
        }
        for (int i = 0; i < sectorSize(); i += 4) {
            bytes.writeInt(at + 11L * sectorSize() + i, sum);
        }
    }

    /** Returns what {@link #inUse} means, told in the plainest way: cluster by cluster. */
    ExtentList expected() {
        ExtentList.Builder expected = new ExtentList.Builder().add(0, clusterOffset(2));
        for (int cluster = inUse.nextSetBit(2); cluster >= 0 && cluster < clusterCount + 2;
                cluster = inUse.nextSetBit(cluster + 1)) {
            expected.add(clusterOffset(cluster), clusterSize());
        }
        long end = clusterOffset(clusterCount + 2);
        return deviceLength() > end ? expected.add(end, deviceLength() - end).build() : expected.build();
    }
}
