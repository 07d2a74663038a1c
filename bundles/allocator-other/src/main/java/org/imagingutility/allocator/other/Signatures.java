package org.imagingutility.allocator.other;

import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;

/**
 * Signatures at the begin of a device, from these sources:
 * <ul>
 * <li>LUKS: "LUKS On-Disk Format Specification" 1.2.3, figure 1; "LUKS2 On-Disk Format Specification" 1.1.1, section 2.1
 * <li>LVM2: lib/label/label.h (struct label_header) and lib/format_text/layout.h (struct pv_header) of LVM2
 * <li>BitLocker: "BitLocker Drive Encryption (BDE) format" of libbde, volume header
 * <li>ReFS: "Resilient File System (ReFS) format" of libfsrefs, volume header
 * <li>XFS: "XFS Algorithms and Data Structures", Superblocks
 * <li>btrfs: "On-disk format" of the btrfs documentation, Superblock
 * <li>F2FS: Linux, include/linux/f2fs_fs.h (struct f2fs_super_block)
 * <li>APFS: "Apple File System Reference", nx_superblock_t
 * <li>HFS+: Apple Technical Note TN1150, Volume Header
 * <li>swap: Linux, include/linux/swap.h (union swap_header)
 * <li>ISO 9660: ECMA-119, section 8.4
 * </ul>
 */
final class Signatures {
    /** Bytes of device that are looked at. */
    static final int HEAD = 68 << 10;
    private static final int SUPERBLOCK_1K = 1024;
    private static final int BTRFS = 64 << 10;
    private static final int ISO = 32 << 10;
    private Signatures() {
    }

    /** Returns what the begin of a device names. */
    static Optional<FileSystemInfo> atBegin(Bytes head) {
        // containers first: what they hold may show through
        return first(luks(head), lvm(head), raid(head), bitLocker(head), refs(head), xfs(head), btrfs(head), f2fs(head),
                apfs(head), hfsPlus(head), swap(head), iso9660(head));
    }

    @SafeVarargs
    private static Optional<FileSystemInfo> first(Optional<FileSystemInfo>... found) {
        for (Optional<FileSystemInfo> each : found) {
            if (each.isPresent()) {
                return each;
            }
        }
        return Optional.empty();
    }

    private static Optional<FileSystemInfo> named(boolean there, String name, String label, String serial) {
        return there ? Optional.of(new FileSystemInfo(name, label, serial, 0, 0)) : Optional.empty();
    }

    /** Sizes are shown, so only plausible ones are taken. */
    private static FileSystemInfo sized(String name, String label, String serial, long blockSize, long blocks) {
        boolean plausible = blockSize >= 512 && blockSize <= 65_536 && Long.bitCount(blockSize) == 1 && blocks > 0
                && blocks <= Long.MAX_VALUE / blockSize;
        return new FileSystemInfo(name, label, serial, plausible ? blockSize : 0, plausible ? blocks : 0);
    }

    private static Optional<FileSystemInfo> luks(Bytes head) {
        int version = head.u16big(6);
        return named(head.says(0, "LUKS\u00BA\u00BE") && (version == 1 || version == 2), "LUKS" + version,
                version == 2 ? head.text(24, 48) : "", head.text(168, 40));
    }

    private static Optional<FileSystemInfo> lvm(Bytes head) {
        for (int sector = 0; sector < 4; sector++) {
            int at = sector * 512;
            if (head.says(at, "LABELONE") && head.says(at + 24, "LVM2 001")) {
                long header = head.u32(at + 20);
                return named(true, "LVM2 physical volume", "", header < 512 ? head.text(at + (int) header, 32) : "");
            }
        }
        return Optional.empty();
    }

    private static Optional<FileSystemInfo> raid(Bytes head) {
        return first(RaidMember.name(head, 0), RaidMember.name(head, 4096));
    }

    private static Optional<FileSystemInfo> bitLocker(Bytes head) {
        return named(head.says(3, "-FVE-FS-"), "BitLocker", "", "");
    }

    private static Optional<FileSystemInfo> refs(Bytes head) {
        return named(head.says(3, "ReFS\0\0\0\0") && head.says(16, "FSRS"), "ReFS", "", "");
    }

    private static Optional<FileSystemInfo> xfs(Bytes head) {
        return head.says(0, "XFSB") ? Optional.of(sized("XFS", head.text(108, 12), head.uuid(32), head.u32big(4), head.u64big(8)))
                : Optional.empty();
    }

    private static Optional<FileSystemInfo> btrfs(Bytes head) {
        if (!head.says(BTRFS + 0x40, "_BHRfS_M")) {
            return Optional.empty();
        }
        long sector = head.u32(BTRFS + 0x90);
        return Optional.of(sized("btrfs", head.text(BTRFS + 0x12B, 256), head.uuid(BTRFS + 0x20), sector,
                sector == 0 ? 0 : head.u64(BTRFS + 0x70) / sector));
    }

    private static Optional<FileSystemInfo> f2fs(Bytes head) {
        return named(head.u32(SUPERBLOCK_1K) == 0xF2F5_2010L, "F2FS", head.utf16(SUPERBLOCK_1K + 124, 1024),
                head.uuid(SUPERBLOCK_1K + 108));
    }

    private static Optional<FileSystemInfo> apfs(Bytes head) {
        return named(head.says(32, "NXSB"), "APFS", "", head.uuid(72));
    }

    private static Optional<FileSystemInfo> hfsPlus(Bytes head) {
        return head.says(SUPERBLOCK_1K, "H+\0\4") || head.says(SUPERBLOCK_1K, "HX\0\5")
                ? Optional.of(sized("HFS+", "", "", head.u32big(SUPERBLOCK_1K + 40), head.u32big(SUPERBLOCK_1K + 44)))
                : Optional.empty();
    }

    /** The signature ends the first page, whose size is the machine's. */
    private static Optional<FileSystemInfo> swap(Bytes head) {
        for (int page = 4 << 10; page <= 64 << 10; page *= 2) {
            if (head.says(page - 10, "SWAPSPACE2")) {
                return named(true, "Linux swap", head.text(SUPERBLOCK_1K + 28, 16), head.uuid(SUPERBLOCK_1K + 12));
            }
        }
        return Optional.empty();
    }

    private static Optional<FileSystemInfo> iso9660(Bytes head) {
        return named(head.says(ISO, "\1CD001"), "ISO 9660", head.text(ISO + 40, 32), "");
    }
}
