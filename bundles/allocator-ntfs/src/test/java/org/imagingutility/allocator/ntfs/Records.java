package org.imagingutility.allocator.ntfs;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.fs.ntfs.structure.Attribute;

/** Makes records of {@code $MFT} and what is in them, as an NTFS driver would write them. */
final class Records {
    private static final int HEAD = 56;

    private Records() {
    }

    /** Clusters {@code lcn} to {@code lcn + length - 1}; a hole where {@code lcn} is -1. */
    record Run(long lcn, long length) {
    }

    /** Returns the number of clusters of {@code runs}. */
    static long clusters(List<Run> runs) {
        return runs.stream().mapToLong(Run::length).sum();
    }

    /** Returns a reference to a record; in these volumes the sequence number is the record's number, from 1 on. */
    static long reference(long number) {
        return sequence(number) << 48 | number;
    }

    /** Returns a record with its update sequence in place. */
    static byte[] record(long number, long base, int recordSize, List<byte[]> attributes) {
        ByteBuffer bytes = buffer(recordSize);
        int blocks = recordSize / 512;
        int first = (HEAD + 2 * (blocks + 1) - 8 + 7) / 8 * 8;
        bytes.put(0, "FILE".getBytes(StandardCharsets.US_ASCII));
        bytes.putShort(4, (short) 48).putShort(6, (short) (blocks + 1));
        bytes.putShort(16, (short) sequence(number)).putShort(18, (short) 1);
        bytes.putShort(20, (short) first).putShort(22, (short) 1);
        bytes.putInt(28, recordSize).putLong(32, base == number ? 0 : reference(base)).putInt(44, (int) number);
        bytes.position(first);
        attributes.forEach(bytes::put);
        bytes.putInt(0xFFFFFFFF).putInt(0);
        bytes.putInt(24, bytes.position());
        return protect(bytes.array());
    }

    /** Puts an update sequence into a record that has none, or whose sequence was undone. */
    static byte[] protect(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.getShort(4);
        bytes.putShort(at, (short) 0x1234);
        for (int block = 0; block < record.length / 512; block++) {
            int end = (block + 1) * 512 - 2;
            bytes.putShort(at + 2 * (block + 1), bytes.getShort(end));
            bytes.putShort(end, (short) 0x1234);
        }
        return record;
    }

    /** Returns an attribute whose value stands in the record. */
    static byte[] resident(int type, byte[] value) {
        ByteBuffer bytes = buffer((24 + value.length + 7) / 8 * 8);
        bytes.putInt(0, type).putInt(4, bytes.capacity()).putInt(16, value.length).putShort(20, (short) 24);
        return bytes.put(24, value).array();
    }

    /** Returns a resident {@code $DATA} with a name, which is not the main stream. */
    static byte[] namedData() {
        ByteBuffer bytes = buffer(40);
        bytes.putInt(0, Attribute.DATA).putInt(4, 40).put(9, (byte) 2).putShort(10, (short) 24);
        return bytes.putInt(16, 4).putShort(20, (short) 32).array();
    }

    /** Returns a resident attribute with a name. */
    static byte[] resident(int type, String name, byte[] value) {
        byte[] characters = name.getBytes(StandardCharsets.UTF_16LE);
        int valueAt = (24 + characters.length + 7) / 8 * 8;
        ByteBuffer bytes = buffer((valueAt + value.length + 7) / 8 * 8);
        bytes.putInt(0, type).putInt(4, bytes.capacity()).put(9, (byte) name.length()).putShort(10, (short) 24);
        bytes.putInt(16, value.length).putShort(20, (short) valueAt);
        return bytes.put(24, characters).put(valueAt, value).array();
    }

    /** Returns a name of a file in the directory {@code parent} (a reference); name space 0 POSIX, 1 Win32, 2 DOS, 3 both. */
    static byte[] fileName(long parent, int namespace, String name) {
        byte[] characters = name.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer value = buffer(66 + characters.length);
        value.putLong(0, parent).put(64, (byte) name.length()).put(65, (byte) namespace).put(66, characters);
        return resident(Attribute.FILE_NAME, value.array());
    }

    /** Returns the value of an {@code $INDEX_ROOT} with these entries, which are all the directory has. */
    static byte[] indexRoot(List<byte[]> entries) {
        int length = entries.stream().mapToInt(entry -> entry.length).sum();
        ByteBuffer value = buffer(32 + length + 16);
        value.putInt(0, Attribute.FILE_NAME).putInt(8, 4096).putInt(16, 16).putInt(20, 16 + length + 16);
        value.position(32);
        entries.forEach(value::put);
        value.putShort(32 + length + 8, (short) 16).putShort(32 + length + 12, (short) 2);
        return value.array();
    }

    /** Returns an entry of a directory: the name of the file in record {@code number}. */
    static byte[] indexEntry(long number, String name) {
        byte[] characters = name.getBytes(StandardCharsets.UTF_16LE);
        int keyLength = 66 + characters.length;
        ByteBuffer entry = buffer((16 + keyLength + 7) / 8 * 8);
        entry.putLong(0, reference(number)).putShort(8, (short) entry.capacity()).putShort(10, (short) keyLength);
        return entry.put(16 + 64, (byte) name.length()).put(16 + 66, characters).array();
    }

    /** Returns a piece of an attribute with a name whose value stands in clusters. */
    static byte[] nonResident(int type, String name, List<Run> runs, long clusterSize, long size) {
        byte[] characters = name.getBytes(StandardCharsets.UTF_16LE);
        byte[] pairs = mappingPairs(runs);
        int pairsAt = (64 + characters.length + 7) / 8 * 8;
        ByteBuffer bytes = buffer((pairsAt + pairs.length + 7) / 8 * 8);
        bytes.putInt(0, type).putInt(4, bytes.capacity()).put(8, (byte) 1).put(9, (byte) name.length());
        bytes.putShort(10, (short) 64).putLong(24, clusters(runs) - 1).putShort(32, (short) pairsAt);
        bytes.putLong(40, clusters(runs) * clusterSize).putLong(48, size).putLong(56, size);
        return bytes.put(64, characters).put(pairsAt, pairs).array();
    }

    /** Returns a piece of an attribute whose value stands in clusters. */
    static byte[] nonResident(int type, long lowestVcn, List<Run> runs, long clusterSize, long size, long allocated) {
        byte[] pairs = mappingPairs(runs);
        ByteBuffer bytes = buffer((64 + pairs.length + 7) / 8 * 8);
        bytes.putInt(0, type).putInt(4, bytes.capacity()).put(8, (byte) 1).putShort(10, (short) 64);
        bytes.putLong(16, lowestVcn).putLong(24, lowestVcn + clusters(runs) - 1).putShort(32, (short) 64);
        if (lowestVcn == 0) {
            bytes.putLong(40, allocated * clusterSize).putLong(48, size).putLong(56, size);
        }
        return bytes.put(64, pairs).array();
    }

    /** Returns an entry of an attribute list. */
    static byte[] entry(int type, boolean named, long lowestVcn, long reference) {
        ByteBuffer bytes = buffer(32);
        bytes.putInt(0, type).putShort(4, (short) 32).put(6, (byte) (named ? 2 : 0)).put(7, (byte) 26);
        return bytes.putLong(8, lowestVcn).putLong(16, reference).array();
    }

    /** Returns {@code runs} encoded, with the end mark. */
    static byte[] mappingPairs(List<Run> runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long last = 0;
        for (Run run : runs) {
            byte[] length = signed(run.length());
            if (run.lcn() == -1) {
                out.write(length.length);
                out.writeBytes(length);
                continue;
            }
            byte[] delta = signed(run.lcn() - last);
            out.write(delta.length << 4 | length.length);
            out.writeBytes(length);
            out.writeBytes(delta);
            last = run.lcn();
        }
        out.write(0);
        return out.toByteArray();
    }

    /** Returns the shortest two's complement form, lowest byte first. */
    private static byte[] signed(long value) {
        byte[] big = BigInteger.valueOf(value).toByteArray();
        byte[] little = new byte[big.length];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    private static long sequence(long number) {
        return Math.max(1, number);
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
