package org.imagingutility.allocator.fat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;

/**
 * Makes FAT volumes field by field, sound unless told otherwise, by the specification and without the code under test.
 * Set fields, then {@link #build}; what is written to {@link #bytes} later changes the built volume.
 */
final class VolumeBuilder {
    final SparseBytes bytes = new SparseBytes();
    final int bits;
    int sectorSize = 512;
    int sectorsPerCluster = 1;
    int reservedSectors;
    int fatCount = 2;
    int rootEntries;
    int media = 0xF8;
    long clusterCount;
    /** Sectors of one FAT; 0: as many as needed. */
    long sectorsPerFat;
    /** Sectors behind the last cluster, less than a cluster, that belong to the volume. */
    int spareSectors;
    /** Bytes behind the volume. */
    int surplusBytes;
    int extFlags;
    int version;
    long rootCluster;
    String bootLabel = "NO NAME    ";
    /** Entries beside 0 and 1, by cluster; the same in all FATs. */
    final TreeMap<Long, Long> entries = new TreeMap<>();

    VolumeBuilder(int bits, long clusterCount) {
        this.bits = bits;
        this.clusterCount = clusterCount;
        reservedSectors = bits == 32 ? 32 : 1;
        rootEntries = bits == 32 ? 0 : 512;
        rootCluster = bits == 32 ? 2 : 0;
        if (bits == 32) {
            entries.put(2L, 0x0FFF_FFFFL);
        }
    }

    static VolumeBuilder fat12() {
        return new VolumeBuilder(12, 4000);
    }

    static VolumeBuilder fat16() {
        return new VolumeBuilder(16, 10_000);
    }

    static VolumeBuilder fat32() {
        return new VolumeBuilder(32, 70_000);
    }

    VolumeBuilder entry(long cluster, long value) {
        entries.put(cluster, value);
        return this;
    }

    VolumeBuilder use(long firstCluster, long count) {
        for (long cluster = firstCluster; cluster < firstCluster + count; cluster++) {
            entries.put(cluster, cluster + 1);
        }
        return this;
    }

    long allOnes() {
        return bits == 32 ? 0x0FFF_FFFF : (1 << bits) - 1;
    }

    long fatSectors() {
        return sectorsPerFat != 0 ? sectorsPerFat
                : ((clusterCount + 2) * bits / 8 + 1 + sectorSize - 1) / sectorSize;
    }

    long fatOffset(int fat) {
        return (reservedSectors + fat * fatSectors()) * sectorSize;
    }

    long rootOffset() {
        return fatOffset(fatCount);
    }

    long dataOffset() {
        return rootOffset() + (rootEntries * 32L + sectorSize - 1) / sectorSize * sectorSize;
    }

    long clusterOffset(long cluster) {
        return dataOffset() + (cluster - 2) * sectorsPerCluster * sectorSize;
    }

    long volumeLength() {
        return clusterOffset(clusterCount + 2) + (long) spareSectors * sectorSize;
    }

    long deviceLength() {
        return volumeLength() + surplusBytes;
    }

    CountingDevice build() {
        return build(512);
    }

    CountingDevice build(int deviceSectorSize) {
        writeBootSector();
        for (int fat = 0; fat < fatCount; fat++) {
            setEntry(fat, 0, allOnes() & ~0xFFL | media);
            setEntry(fat, 1, allOnes());
            for (var entry : entries.entrySet()) {
                setEntry(fat, entry.getKey(), entry.getValue());
            }
        }
        return new CountingDevice(deviceLength(), deviceSectorSize, bytes);
    }

    /** Writes one entry of one FAT. */
    void setEntry(int fat, long entry, long value) {
        long at = fatOffset(fat) + entry * bits / 8;
        switch (bits) {
            case 32 -> bytes.writeInt(at, (int) value);
            case 16 -> bytes.writeShort(at, (int) value);
            default -> {
                byte[] both = bytes.read(at, 2);
                int old = both[0] & 0xFF | (both[1] & 0xFF) << 8;
                bytes.writeShort(at, (int) (entry % 2 == 0 ? old & 0xF000 | value : old & 0xF | value << 4));
            }
        }
    }

    /** Writes an entry of a directory. */
    void writeDirectoryEntry(long offset, String name, int attributes) {
        bytes.write(offset, Arrays.copyOf(name.getBytes(StandardCharsets.ISO_8859_1), 32));
        bytes.write(offset + 11, (byte) attributes);
    }

    /** Returns what is in use, cluster by cluster; {@code badMark} is not. */
    ExtentList expected() {
        ExtentList.Builder expected = new ExtentList.Builder().add(0, dataOffset());
        long clusterSize = (long) sectorsPerCluster * sectorSize;
        for (long cluster : entries.keySet()) {
            long value = entries.get(cluster) & allOnes();
            if (value != 0 && value != allOnes() - 8) {
                expected.add(clusterOffset(cluster), clusterSize);
            }
        }
        long end = clusterOffset(clusterCount + 2);
        return deviceLength() > end ? expected.add(end, deviceLength() - end).build() : expected.build();
    }

    private void writeBootSector() {
        long sectors = volumeLength() / sectorSize;
        boolean wide = bits == 32;
        boolean few = sectors < 0x10000 && !wide;
        bytes.write(0, (byte) 0xEB, (byte) (wide ? 0x58 : 0x3C), (byte) 0x90);
        bytes.write(3, "TEST 1.0".getBytes(StandardCharsets.US_ASCII));
        bytes.writeShort(11, sectorSize);
        bytes.write(13, (byte) sectorsPerCluster);
        bytes.writeShort(14, reservedSectors);
        bytes.write(16, (byte) fatCount);
        bytes.writeShort(17, rootEntries);
        bytes.writeShort(19, few ? (int) sectors : 0);
        bytes.write(21, (byte) media);
        bytes.writeShort(22, wide ? 0 : (int) fatSectors());
        bytes.writeInt(32, few ? 0 : (int) sectors);
        if (wide) {
            bytes.writeInt(36, (int) fatSectors());
            bytes.writeShort(40, extFlags);
            bytes.writeShort(42, version);
            bytes.writeInt(44, (int) rootCluster);
        }
        int extension = wide ? 64 : 36;
        bytes.write(extension, (byte) 0x80, (byte) 0, (byte) 0x29);
        bytes.writeInt(extension + 3, 0x1A2B_3C4D);
        bytes.write(extension + 7, bootLabel.getBytes(StandardCharsets.ISO_8859_1));
        // the text says nothing about the kind, so it may as well be wrong
        bytes.write(extension + 18, "FAT     ".getBytes(StandardCharsets.US_ASCII));
        bytes.write(510, (byte) 0x55, (byte) 0xAA);
    }
}
