package org.imagingutility.disk;

import java.util.Map;

/**
 * Names of the type codes in boot records. No standard lists them; these are the ones that partitioning tools agree on
 * (fdisk, and "Partition types" of A. E. Brouwer).
 */
final class MbrTypes {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x01, "FAT12"),
            Map.entry(0x04, "FAT16 (less than 32 MiB)"),
            Map.entry(0x05, "extended"),
            Map.entry(0x06, "FAT16"),
            Map.entry(0x07, "NTFS, exFAT or HPFS"),
            Map.entry(0x0b, "FAT32"),
            Map.entry(0x0c, "FAT32 (LBA)"),
            Map.entry(0x0e, "FAT16 (LBA)"),
            Map.entry(0x0f, "extended (LBA)"),
            Map.entry(0x11, "hidden FAT12"),
            Map.entry(0x12, "Compaq diagnostics"),
            Map.entry(0x14, "hidden FAT16 (less than 32 MiB)"),
            Map.entry(0x16, "hidden FAT16"),
            Map.entry(0x17, "hidden NTFS or HPFS"),
            Map.entry(0x1b, "hidden FAT32"),
            Map.entry(0x1c, "hidden FAT32 (LBA)"),
            Map.entry(0x1e, "hidden FAT16 (LBA)"),
            Map.entry(0x27, "Windows recovery"),
            Map.entry(0x39, "Plan 9"),
            Map.entry(0x3c, "PartitionMagic recovery"),
            Map.entry(0x41, "PReP boot"),
            Map.entry(0x42, "Windows dynamic disk"),
            Map.entry(0x44, "GoBack"),
            Map.entry(0x4d, "QNX 4"),
            Map.entry(0x4e, "QNX 4, second part"),
            Map.entry(0x4f, "QNX 4, third part"),
            Map.entry(0x63, "GNU Hurd or SysV"),
            Map.entry(0x64, "Novell NetWare 286"),
            Map.entry(0x65, "Novell NetWare 386"),
            Map.entry(0x80, "old Minix"),
            Map.entry(0x81, "Minix"),
            Map.entry(0x82, "Linux swap"),
            Map.entry(0x83, "Linux"),
            Map.entry(0x84, "OS/2 hidden or Intel hibernation"),
            Map.entry(0x85, "Linux extended"),
            Map.entry(0x86, "NTFS volume set"),
            Map.entry(0x87, "NTFS volume set"),
            Map.entry(0x88, "Linux plain text"),
            Map.entry(0x8e, "Linux LVM"),
            Map.entry(0x93, "Amoeba"),
            Map.entry(0x9f, "BSD/OS"),
            Map.entry(0xa0, "hibernation"),
            Map.entry(0xa5, "FreeBSD"),
            Map.entry(0xa6, "OpenBSD"),
            Map.entry(0xa7, "NeXTSTEP"),
            Map.entry(0xa8, "Mac OS X (UFS)"),
            Map.entry(0xa9, "NetBSD"),
            Map.entry(0xab, "Mac OS X boot"),
            Map.entry(0xaf, "HFS or HFS+"),
            Map.entry(0xb7, "BSDI"),
            Map.entry(0xb8, "BSDI swap"),
            Map.entry(0xbe, "Solaris boot"),
            Map.entry(0xbf, "Solaris"),
            Map.entry(0xc1, "DR-DOS FAT12"),
            Map.entry(0xc4, "DR-DOS FAT16 (less than 32 MiB)"),
            Map.entry(0xc6, "DR-DOS FAT16"),
            Map.entry(0xda, "no file system"),
            Map.entry(0xde, "Dell diagnostics"),
            Map.entry(0xdf, "BootIt"),
            Map.entry(0xea, "Linux extended boot"),
            Map.entry(0xeb, "BeOS"),
            Map.entry(0xee, "GPT protective"),
            Map.entry(0xef, "EFI system"),
            Map.entry(0xf0, "Linux PA-RISC boot"),
            Map.entry(0xfb, "VMware VMFS"),
            Map.entry(0xfc, "VMware swap"),
            Map.entry(0xfd, "Linux RAID"),
            Map.entry(0xfe, "LANstep"),
            Map.entry(0xff, "bad blocks"));

    private MbrTypes() {
    }

    /** Returns the name of {@code type}, empty if it is not known. */
    static String name(int type) {
        return NAMES.getOrDefault(type, "");
    }
}
