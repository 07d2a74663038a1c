package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * File systems whose superblocks are looked at more closely, so that old ones that were overwritten in part, and files that
 * look like them, are not taken for them. Sources:
 * <ul>
 * <li>XFS: "XFS Algorithms and Data Structures", Superblocks
 * <li>F2FS: Linux, include/linux/f2fs_fs.h (struct f2fs_super_block)
 * <li>APFS: "Apple File System Reference", nx_superblock_t
 * <li>journal of ext on a device of its own: the kernel's ext4 documentation, "The Super Block"
 * <li>JFS: Linux, fs/jfs/jfs_superblock.h; ReiserFS: fs/reiserfs/reiserfs.h; EROFS: fs/erofs/erofs_fs.h; SquashFS:
 * fs/squashfs/squashfs_fs.h; GFS2: include/uapi/linux/gfs2_ondisk.h; NILFS2: include/uapi/linux/nilfs2_ondisk.h
 * </ul>
 */
final class FileSystems {
    private static final int KIB = 1024;
    private static final int EXT = KIB;

    private FileSystems() {
    }

    /** Looks at all places, in the order of libblkid. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        xfs(device, found);
        extJournal(device, found);
        reiserfs(device, found);
        jfs(device, found);
    }

    /** Those that libblkid looks for behind the optical discs. */
    static void findLast(DeviceBytes device, Found found) throws ImagingException {
        gfs(device, found);
        squashfs(device, found);
        nilfs2(device, KIB, found);
        nilfs2(device, (device.length() >> 12 << 12) - 4 * KIB, found);
        f2fs(device, found);
        apfs(device, found);
        erofs(device, found);
    }

    private static void xfs(DeviceBytes device, Found found) throws ImagingException {
        if (!device.says(0, "XFSB")) {
            return;
        }
        long blockSize = device.u32big(4);
        int sectorSize = device.u16big(102);
        int inodeSize = device.u16big(104);
        // sb_blocklog, sb_sectlog, sb_inodelog, sb_inopblog; sb_agcount
        boolean sizes = blockSize == 1L << device.u8(120) && blockSize >= 512 && blockSize <= 64 * KIB
                && sectorSize == 1 << Math.min(device.u8(121), 16) && sectorSize >= 512
                && inodeSize == 1 << Math.min(device.u8(122), 16) && inodeSize >= 256
                && device.u8(120) - device.u8(122) == device.u8(123) && device.u32big(88) != 0 && device.u64big(8) != 0;
        if (sizes && ((device.u16big(100) & 0xF) != 5 || summed(device.bytes(0, sectorSize), 224, 0))) {
            found.addSized("XFS", 0, device.text(108, 12), device.uuid(32), blockSize, device.u64big(8));
        }
    }

    /** Says whether the CRC-32C at {@code at} is that of all bytes from {@code from} on, itself being zeros if among them. */
    private static boolean summed(ByteBuffer bytes, int at, int from) {
        int expected = bytes.getInt(at);
        if (at >= from) {
            bytes.putInt(at, 0);
        }
        return Crc.crc32c(bytes.position(from)) == expected;
    }

    private static void extJournal(DeviceBytes device, Found found) throws ImagingException {
        // s_magic, s_feature_incompat: INCOMPAT_JOURNAL_DEV
        if (device.u16(EXT + 0x38) == 0xEF53 && (device.u32(EXT + 0x60) & 8) != 0) {
            found.add("ext journal", Kind.FILE_SYSTEM, EXT + 0x38, device.text(EXT + 0x78, 16), device.uuid(EXT + 0x68));
        }
    }

    private static void reiserfs(DeviceBytes device, Found found) throws ImagingException {
        for (int kib = 8; kib <= 64; kib *= 8) {
            long at = (long) kib * KIB;
            boolean labelled = device.says(at + 52, "ReIsEr2Fs") || device.says(at + 52, "ReIsEr3Fs");
            if (!labelled && !device.says(at + 52, "ReIsErFs") && !device.says(at + 20, "ReIsErFs")) {
                continue;
            }
            int blockSize = device.u16(at + 44);
            // a superblock in the journal is an older one
            if (blockSize >= 512 && kib / (blockSize >> 9) <= device.u32(at + 12) / 2) {
                found.addSized("ReiserFS", at, labelled ? device.text(at + 100, 16) : "", labelled ? device.uuid(at + 84) : "",
                        blockSize, device.u32(at));
                return;
            }
        }
    }

    private static void jfs(DeviceBytes device, Found found) throws ImagingException {
        long at = 32 * KIB;
        int blockShift = device.u16(at + 20);
        int sectorShift = device.u16(at + 28);
        if (device.says(at, "JFS1") && blockShift < 31 && sectorShift < 31 && device.u32(at + 16) == 1L << blockShift
                && device.u32(at + 24) == 1L << sectorShift && blockShift - sectorShift == device.u16(at + 22)) {
            found.addSized("JFS", at, device.text(at + 152, 16), device.uuid(at + 136), 1L << blockShift,
                    device.u64(at + 8) >> blockShift - sectorShift);
        }
    }

    private static void gfs(DeviceBytes device, Found found) throws ImagingException {
        long at = 64 * KIB;
        long format = device.u32big(at + 24);
        long hosts = device.u32big(at + 28);
        if (device.u32big(at) == 0x0116_1970L && (format == 1309 && hosts == 1401
                || format / 100 == 18 && hosts / 100 == 19)) {
            found.add(format == 1309 ? "GFS" : "GFS2", Kind.FILE_SYSTEM, at, device.text(at + 160, 64), device.uuid(at + 256));
        }
    }

    private static void squashfs(DeviceBytes device, Found found) throws ImagingException {
        boolean little = device.says(0, "hsqs");
        if (little || device.says(0, "sqsh")) {
            int version = little ? device.u16(28) : device.u16big(28);
            // version 4 is little endian always
            if (version >= 1 && version <= (little ? 4 : 3)) {
                found.add("SquashFS " + version, Kind.FILE_SYSTEM, 0);
            }
        }
    }

    private static void nilfs2(DeviceBytes device, long at, Found found) throws ImagingException {
        int length = device.u16(at + 8);
        if (device.u16(at + 6) != 0x3434 || length < 20 || length > KIB || found.has("NILFS2")) {
            return;
        }
        // s_crc_seed, s_sum
        ByteBuffer bytes = device.bytes(at, length);
        int expected = bytes.getInt(16);
        bytes.putInt(16, 0);
        if (Crc.crc32((int) device.u32(at + 12), bytes) == expected) {
            found.add("NILFS2", Kind.FILE_SYSTEM, at, device.text(at + 168, 80), device.uuid(at + 152));
        }
    }

    private static void f2fs(DeviceBytes device, Found found) throws ImagingException {
        long at = KIB;
        long sumAt = device.u32(at + 32);
        if (device.u32(at) != 0xF2F5_2010L || sumAt > 3 * KIB - 4) {
            return;
        }
        if (sumAt == 0 || Crc.crc32(0xF2F5_2010, device.bytes(at, (int) sumAt)) == (int) device.u32(at + sumAt)) {
            found.add("F2FS", Kind.FILE_SYSTEM, at, device.text(at + 124, 1024, StandardCharsets.UTF_16LE),
                    device.uuid(at + 108));
        }
    }

    private static void apfs(DeviceBytes device, Found found) throws ImagingException {
        // o_type: OBJECT_TYPE_NX_SUPERBLOCK
        if (device.says(32, "NXSB") && device.u16(24) == 1 && device.u32(36) == 4 * KIB) {
            found.addSized("APFS", 32, "", device.uuid(72), device.u32(36), device.u64(40));
        }
    }

    private static void erofs(DeviceBytes device, Found found) throws ImagingException {
        int shift = device.u8(KIB + 12);
        if (device.u32(KIB) == 0xE0F5_E1E2L && shift >= 9 && shift <= 16) {
            found.addSized("EROFS", KIB, device.text(KIB + 64, 16), device.uuid(KIB + 48), 1L << shift, device.u32(KIB + 36));
        }
    }
}
