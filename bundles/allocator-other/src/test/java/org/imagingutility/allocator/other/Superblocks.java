package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Writes superblocks by their specifications into the bytes of a device, field by field, with the sums they need. */
final class Superblocks {
    static final String UUID = "00112233-4455-6677-8899-aabbccddeeff";
    private static final byte[] UUID_BYTES = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

    final byte[] bytes;
    private final ByteBuffer buffer;

    Superblocks(int length) {
        bytes = new byte[length];
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    Superblocks text(int at, String text) {
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, text.length());
        return this;
    }

    Superblocks hex(int at, String digits) {
        byte[] raw = HexFormat.of().parseHex(digits);
        System.arraycopy(raw, 0, bytes, at, raw.length);
        return this;
    }

    Superblocks uuid(int at) {
        System.arraycopy(UUID_BYTES, 0, bytes, at, UUID_BYTES.length);
        return this;
    }

    Superblocks u16(int at, int value) {
        buffer.putShort(at, (short) value);
        return this;
    }

    Superblocks u32(int at, long value) {
        buffer.putInt(at, (int) value);
        return this;
    }

    Superblocks u32big(int at, long value) {
        return u32(at, Integer.reverseBytes((int) value));
    }

    Superblocks u64(int at, long value) {
        buffer.putLong(at, value);
        return this;
    }

    /** Puts the CRC-32C of {@code length} bytes from {@code from} on at {@code at}, which counts as zeros. */
    Superblocks crc32c(int at, int from, int length) {
        u32(at, 0);
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return u32(at, crc.getValue());
    }

    /** Puts a reflected CRC-32 with this seed, and nothing inverted, at {@code at}, which counts as zeros. */
    Superblocks crc32(int at, int seed, int from, int length) {
        u32(at, 0);
        int crc = seed;
        for (int i = from; i < from + length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                boolean one = ((crc ^ bytes[i] >> bit) & 1) != 0;
                crc = one ? crc >>> 1 ^ 0xEDB8_8320 : crc >>> 1;
            }
        }
        return u32(at, crc);
    }

    /** A RAID of version 1.0, 1.1 or 1.2, whichever fits the place. */
    Superblocks raid(int at, String name) {
        u32(at, 0xA92B_4EFCL).u32(at + 4, 1).uuid(at + 16).text(at + 32, name).u64(at + 144, at / 512).u32(at + 220, 3);
        long sum = 0;
        for (int i = 0; i < 256; i += 4) {
            sum += Integer.toUnsignedLong(buffer.getInt(at + i));
        }
        // three roles: one word, and a half
        sum += Integer.toUnsignedLong(buffer.getInt(at + 256)) + Short.toUnsignedInt(buffer.getShort(at + 260));
        return u32(at + 216, (sum & 0xFFFF_FFFFL) + (sum >>> 32));
    }

    Superblocks raid090(int at) {
        return u32(at, 0xA92B_4EFCL).u32(at + 8, 90).u32(at + 20, 0x0011_2233).u32(at + 52, 0x4455_6677)
                .u32(at + 56, 0x8899_AABBL).u32(at + 60, 0xCCDD_EEFFL).u32(at + 32, 10);
    }

    Superblocks lvm(int sector) {
        int at = sector * 512;
        text(at, "LABELONE").u64(at + 8, sector).u32(at + 20, 32).text(at + 24, "LVM2 001")
                .text(at + 32, "abcdefghijklmnopqrstuvwxyz012345");
        return crc32(at + 16, 0xF597_A6CF, at + 20, 492);
    }

    Superblocks luks2(int at, String magic, String label) {
        return text(at, magic).hex(at + 6, "0002").text(at + 24, label).text(at + 168, UUID)
                .u64(at + 256, Long.reverseBytes(at));
    }

    Superblocks xfs(String label) {
        text(0, "XFSB").u32big(4, 4096).u64(8, Long.reverseBytes(73)).uuid(32).u32big(88, 4).hex(100, "b4a502000200")
                .text(108, label).hex(120, "0c090903");
        // sb_sectsize 512, sb_inodesize 512, sb_inopblock; version 5 with a checksum
        return hex(100, "b4a5").hex(102, "0200").hex(104, "0200").crc32c(224, 0, 512);
    }

    Superblocks nilfs2(int at, String label) {
        return u16(at + 6, 0x3434).u16(at + 8, 280).u32(at + 12, 0x1234_5678).uuid(at + 152).text(at + 168, label)
                .crc32(at + 16, 0x1234_5678, at, 280);
    }

    Superblocks swap(int page, String mark, String label) {
        return text(page - 10, mark).u32(1024, 1).u32(1028, 9).uuid(1036).text(1052, label);
    }

    /** The descriptors of ISO 9660, with Joliet, and in front of its end those of UDF with an anchor for blocks of 2 KiB. */
    Superblocks bridge(String iso, String joliet, String udf) {
        int at = 32 << 10;
        text(at, "\1CD001\1").text(at + 40, iso + " ".repeat(32 - iso.length()));
        text(at + 2048, "\2CD001\1").text(at + 2048 + 88, "%/E");
        for (int i = 0; i < joliet.length(); i++) {
            bytes[at + 2048 + 40 + 2 * i + 1] = (byte) joliet.charAt(i);
        }
        text(at + 4096, "\u00FFCD001\1").text(at + 6144, "\0BEA01\1");
        if (!udf.isEmpty()) {
            text(at + 8192, "\0NSR02\1").text(at + 10240, "\0TEA01\1");
            int anchor = 256 * 2048;
            u16(anchor, 2).u32(anchor + 12, 256).u32(anchor + 16, 4096).u32(anchor + 20, 257);
            int volume = 257 * 2048;
            u16(volume, 6).u32(volume + 12, 257).text(volume + 84, "\b" + udf);
            bytes[volume + 84 + 127] = (byte) (udf.length() + 1);
        }
        return this;
    }

    /** A label of ZFS: a list of names and values in XDR, without uberblocks. */
    Superblocks zfsList(int label, String pool, long guid) {
        int at = label + (16 << 10);
        hex(at, "01010000" + "00000000" + "00000001");
        ByteBuffer list = ByteBuffer.wrap(bytes, at + 12, 4096);
        pair(list, "version", 8, HexFormat.of().parseHex("0000000000001388"));
        byte[] name = ByteBuffer.allocate(8 + (pool.length() - 1) / 4 * 4).putInt(pool.length())
                .put(pool.getBytes(StandardCharsets.US_ASCII)).array();
        pair(list, "name", 9, name);
        pair(list, "pool_guid", 8, ByteBuffer.allocate(8).putLong(guid).array());
        return this;
    }

    private static void pair(ByteBuffer list, String name, int type, byte[] value) {
        int padded = (name.length() + 3) / 4 * 4;
        int size = 4 + 4 + 4 + padded + 4 + 4 + value.length;
        list.putInt(size).putInt(size).putInt(name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        list.position(list.position() + padded - name.length());
        list.putInt(type).putInt(1).put(value);
    }

    Superblocks uberblocks(int label, int count) {
        for (int i = 0; i < count; i++) {
            u64(label + (128 << 10) + i * 1024, 0x00BA_B10CL);
        }
        return this;
    }
}
