package org.imagingutility.allocator.btrfs;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.imagingutility.allocator.btrfs.checksum.ChecksumType;
import org.imagingutility.api.ExtentList;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;

/** Devices that mkfs.btrfs made and the kernel wrote to (see the README beside them). */
final class Volumes {
    private static final int PAGE = 4096;

    private Volumes() {
    }

    /** Takes a page that is not all zeros. */
    private interface Pages {
        void put(long offset, byte[] page);
    }

    private static InputStream open(String file) {
        return Volumes.class.getResourceAsStream("/volumes/" + file);
    }

    private static long read(String name, Pages pages) {
        try (DataInputStream input = new DataInputStream(new GZIPInputStream(open(name + ".gz")))) {
            long length = input.readLong();
            byte[] head = new byte[Long.BYTES];
            while (input.readNBytes(head, 0, head.length) == head.length) {
                pages.put(ByteBuffer.wrap(head).getLong(), input.readNBytes(PAGE));
            }
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the content of a device into {@code bytes} and returns its length. */
    static long load(String name, SparseBytes bytes) {
        return read(name, bytes::write);
    }

    /** Returns a device. */
    static CountingDevice device(String name) {
        SparseBytes bytes = new SparseBytes();
        return new CountingDevice(load(name, bytes), 512, bytes);
    }

    /** Returns all bytes of a device, which is small. */
    static byte[] bytes(String name) {
        byte[] bytes = new byte[Math.toIntExact(read(name, (offset, page) -> { }))];
        read(name, (offset, page) -> System.arraycopy(page, 0, bytes, (int) offset, PAGE));
        return bytes;
    }

    /** Returns what btrfs-progs say is in use on a device. */
    static ExtentList expected(String name) {
        ExtentList.Builder expected = new ExtentList.Builder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(name + ".txt"), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] range = line.split(" ");
                expected.add(Long.parseLong(range[0]), Long.parseLong(range[1]) - Long.parseLong(range[0]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expected.build();
    }

    /** Makes the checksum of a superblock or node right. */
    static void sum(SparseBytes bytes, long offset, int length) {
        byte[] block = bytes.read(offset, length);
        CRC32C crc = new CRC32C();
        crc.update(block, ChecksumType.FIELD_LENGTH, length - ChecksumType.FIELD_LENGTH);
        bytes.writeInt(offset, (int) crc.getValue());
    }
}
