package org.imagingutility.allocator.other;

import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * Older file systems: HFS and HFS+ (Apple Technical Note TN1150, Volume Header and HFS Wrapper), UFS (FreeBSD,
 * sys/ufs/ffs/fs.h), HPFS (Linux, fs/hpfs/hpfs.h), System V (fs/sysv/sysv.h), Minix (include/linux/minix_fs.h).
 */
final class UnixFileSystems {
    private static final int KIB = 1024;
    /** Where the superblock of UFS may stand: SBLOCKSEARCH. */
    private static final int[] UFS_AT = {0, 8 * KIB, 64 * KIB, 256 * KIB};
    /** UFS2 first; then those of UFS1 and of its variants by others. */
    private static final int[] UFS_MAGICS = {0x1954_0119, 0x0001_1954, 0x0019_5612, 0x0009_5014, 0x0061_2195, 0x0523_1994};
    private static final int UFS_MAGIC_AT = 1372;
    private static final int[] SYSV_AT = {512, 9 * KIB + 512, 15 * KIB + 512, 18 * KIB + 512};

    private UnixFileSystems() {
    }

    /** Looks at all places, in the order of libblkid. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        hfs(device, found);
        ufs(device, found);
        // HPFS: superblock and spare superblock
        if (device.u32big(8 * KIB) == 0x49E8_95F9L && device.u32big(8 * KIB + 512) == 0x4918_91F9L) {
            found.add("HPFS", Kind.FILE_SYSTEM, 8 * KIB);
        }
        sysV(device, found);
        minix(device, found);
    }

    private static void hfs(DeviceBytes device, Found found) throws ImagingException {
        boolean old = device.says(KIB, "BD");
        long blockSize = device.u32big(KIB + 20);
        if (old && (blockSize == 0 || blockSize % 512 != 0)) {
            return;
        }
        boolean wrapper = old && (device.says(KIB + 124, "H+") || device.says(KIB + 124, "HX"));
        if (old && !wrapper) {
            found.add("HFS", Kind.DISC, KIB, device.text(KIB + 37, Math.min(device.u8(KIB + 36), 27)), "");
            return;
        }
        long at = KIB + (wrapper ? device.u16big(KIB + 28) * 512L + device.u16big(KIB + 126) * blockSize : 0);
        long size = device.u32big(at + 40);
        if ((device.says(at, "H+") || device.says(at, "HX")) && size >= 512 && Long.bitCount(size) == 1) {
            found.addSized("HFS+", at, "", "", size, device.u32big(at + 44));
        }
    }

    private static void ufs(DeviceBytes device, Found found) throws ImagingException {
        for (int i = 0; i < UFS_AT.length; i++) {
            long at = (long) UFS_AT[i] + UFS_MAGIC_AT;
            int magic = (int) device.u32(at);
            for (int j = 0; j < UFS_MAGICS.length; j++) {
                if (magic == UFS_MAGICS[j] || Integer.reverseBytes(magic) == UFS_MAGICS[j]) {
                    found.add(j == 0 ? "UFS2" : "UFS1", Kind.FILE_SYSTEM, at, j == 0 ? device.text(UFS_AT[i] + 680, 32) : "", "");
                    return;
                }
            }
        }
    }

    private static void sysV(DeviceBytes device, Found found) throws ImagingException {
        for (int i = 0; i < SYSV_AT.length; i++) {
            long at = SYSV_AT[i] + 504L;
            if (device.u32(at) == 0xFD18_7E20L || device.u32big(at) == 0xFD18_7E20L) {
                found.add("System V", Kind.FILE_SYSTEM, at);
                return;
            }
        }
    }

    /** The magic has two bytes only, so the numbers beside it must go together. */
    private static void minix(DeviceBytes device, Found found) throws ImagingException {
        int magic = device.u16(KIB + 16);
        boolean big = magic == 0x7F13 || magic == 0x8F13 || magic == 0x6824 || magic == 0x7824;
        int value = big ? Short.toUnsignedInt(Short.reverseBytes((short) magic)) : magic;
        int version = value == 0x137F || value == 0x138F ? 1 : value == 0x2468 || value == 0x2478 ? 2 : 0;
        if (version == 0 && (device.u16(KIB + 24) == 0x4D5A || device.u16big(KIB + 24) == 0x4D5A)) {
            version = 3;
            big = device.u16big(KIB + 24) == 0x4D5A;
        }
        // ext and EROFS have other fields at these places
        if (version == 0 || device.u16(KIB + 0x38) == 0xEF53 || device.u32(KIB) == 0xE0F5_E1E2L) {
            return;
        }
        Numbers numbers = new Numbers(device, big);
        long inodes = version == 3 ? numbers.u32(KIB) : numbers.u16(KIB);
        long zones = version == 1 ? numbers.u16(KIB + 2) : numbers.u32(KIB + 20);
        int base = version == 3 ? KIB + 6 : KIB + 4;
        long inodeBlocks = numbers.u16(base);
        long zoneBlocks = numbers.u16(base + 2);
        long first = numbers.u16(base + 4);
        long zoneShift = numbers.u16(version == 3 ? KIB + 12 : KIB + 10);
        boolean sound = zoneShift == 0 && inodes != 0 && inodeBlocks * KIB * Byte.SIZE >= inodes + 1 && first <= zones
                && zoneBlocks * KIB * Byte.SIZE >= zones - first + 1;
        if (sound) {
            found.add("Minix " + version, Kind.FILE_SYSTEM, KIB + (version == 3 ? 24 : 16));
        }
    }

    /**
     * Numbers in the byte order of a superblock.
     *
     * @param big whether the most significant byte comes first
     */
    private record Numbers(DeviceBytes device, boolean big) {
        long u16(long at) throws ImagingException {
            return big ? device.u16big(at) : device.u16(at);
        }

        long u32(long at) throws ImagingException {
            return big ? device.u32big(at) : device.u32(at);
        }
    }
}
