package org.imagingutility.allocator.other;

import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * Members of volume managers and what is encrypted, from these sources:
 * <ul>
 * <li>LUKS: "LUKS On-Disk Format Specification" 1.2.3, figure 1; "LUKS2 On-Disk Format Specification" 1.1.1, section 2
 * <li>LVM2: lib/label/label.h (struct label_header) and lib/format_text/layout.h (struct pv_header) of LVM2
 * <li>bcache: Linux, drivers/md/bcache/bcache_ondisk.h (struct cache_sb_disk); bcachefs: fs/bcachefs/bcachefs_format.h
 * <li>BitLocker: "BitLocker Drive Encryption (BDE) format" of libbde, volume header
 * <li>others: the file of libblkid (util-linux, libblkid/src/superblocks) named with each
 * </ul>
 */
final class Containers {
    private static final int SECTOR = 512;
    private static final int PAGE = 4096;
    /** Where LUKS2 has its second header, depending on the size of the first. */
    private static final long[] LUKS2_SECOND = {0x4000, 0x8000, 0x1_0000, 0x2_0000, 0x4_0000, 0x8_0000, 0x10_0000, 0x20_0000,
            0x40_0000};
    /** The label may stand in any of the first four sectors. */
    private static final int LVM_SECTORS = 4;
    private static final int LVM_CRC_SEED = 0xF597_A6CF;
    private static final int LVM_CRC_FROM = 20;
    private static final String BCACHE =
            "\u00C6\u0085\u0073\u00F6\u004E\u001A\u0045\u00CA\u0082\u0065\u00F5\u007F\u0048\u00BA\u006D\u0081";
    private static final String BCACHEFS =
            "\u00C6\u0085\u0073\u00F6\u0066\u00CE\u0090\u00A9\u00D9\u006A\u0060\u00CF\u0080\u003D\u00F7\u00EF";
    /** GUID 4967D63B-2E29-4AD8-8399-F6A339E3D001 at byte 424 of a removable volume. */
    private static final String BITLOCKER_TO_GO =
            "\u003B\u00D6\u0067\u0049\u0029\u002E\u00D8\u004A\u0083\u0099\u00F6\u00A3\u0039\u00E3\u00D0\u0001";

    private Containers() {
    }

    /** Looks at all places, in the order of libblkid. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        bcache(device, found);
        drbd(device, found);
        lvm(device, found);
        luks(device, found);
        bitLocker(device, found);
        coreStorage(device, found);
    }

    /** Looks for what is left where the begin of the device is lost. */
    static void findCopies(DeviceBytes device, Found found) throws ImagingException {
        for (int i = 0; i < LUKS2_SECOND.length; i++) {
            long at = LUKS2_SECOND[i];
            if (device.says(at, "SKUL\u00BA\u00BE") && device.u16big(at + 6) == 2 && device.u64big(at + 256) == at) {
                found.add("LUKS2", Kind.WEAK, at, device.text(at + 24, 48), device.text(at + 168, 40));
            }
        }
        bcachefs(device, 2 << 20, Kind.WEAK, found);
        bcachefs(device, (device.length() >> 10 << 10) - (1 << 20), Kind.WEAK, found);
    }

    private static void luks(DeviceBytes device, Found found) throws ImagingException {
        int version = device.u16big(6);
        if (device.says(0, "LUKS\u00BA\u00BE") && (version == 1 || version == 2 && device.u64big(256) == 0)) {
            found.add("LUKS" + version, Kind.CONTAINER, 0, version == 2 ? device.text(24, 48) : "", device.text(168, 40));
        }
    }

    private static void lvm(DeviceBytes device, Found found) throws ImagingException {
        for (int sector = 0; sector < LVM_SECTORS; sector++) {
            long at = (long) sector * SECTOR;
            // sector_xl, crc_xl over what follows it in the sector, offset_xl of the header, type
            if (device.says(at, "LABELONE") && device.says(at + 24, "LVM2 001") && device.u64(at + 8) == sector
                    && Crc.crc32(LVM_CRC_SEED, device.bytes(at + LVM_CRC_FROM, SECTOR - LVM_CRC_FROM))
                            == (int) device.u32(at + 16)) {
                long header = device.u32(at + 20);
                found.add("LVM2 physical volume", Kind.CONTAINER, at, "",
                        header <= SECTOR - 32 ? dashed(device.text(at + header, 32)) : "");
                return;
            }
        }
        // lvm.c: struct lvm1_pv_label_header
        if (device.says(0, "HM") && (device.u16(2) == 1 || device.u16(2) == 2) && device.u32(4) > 0 && device.u32(8) > 0) {
            found.add("LVM1 physical volume", Kind.CONTAINER, 0);
        }
    }

    /** As LVM2 spells its UUIDs: 6-4-4-4-4-4-6 characters. */
    private static String dashed(String id) {
        StringBuilder spelt = new StringBuilder(id);
        for (int at = id.length() == 32 ? 26 : 0; at > 2; at -= 4) {
            spelt.insert(at, '-');
        }
        return spelt.toString();
    }

    private static void bcache(DeviceBytes device, Found found) throws ImagingException {
        // the superblock's own offset, in sectors, tells the two apart that have the same magic
        if (device.says(PAGE + 24, BCACHE) && device.u64(PAGE + 8) == PAGE / SECTOR) {
            found.add("bcache member", Kind.CONTAINER, PAGE, device.text(PAGE + 72, 32), device.uuid(PAGE + 40));
        }
        bcachefs(device, PAGE, Kind.FILE_SYSTEM, found);
    }

    private static void bcachefs(DeviceBytes device, long at, Kind kind, Found found) throws ImagingException {
        if ((device.says(at + 24, BCACHEFS) || device.says(at + 24, BCACHE)) && device.u64(at + 104) == at / SECTOR) {
            found.add("bcachefs", kind, at, device.text(at + 72, 32), device.uuid(at + 56));
        }
    }

    /** drbd.c: metadata in the last 4 KiB; magic and bm_bytes_per_bit stand at the same places in all versions. */
    private static void drbd(DeviceBytes device, Found found) throws ImagingException {
        long at = (device.length() >> 10 << 10) - PAGE;
        long magic = device.u32big(at + 60);
        if (magic >= 0x8374_026BL && magic <= 0x8374_026DL && device.u32big(at + 80) == PAGE) {
            found.add("DRBD member", Kind.CONTAINER, at);
        }
    }

    private static void bitLocker(DeviceBytes device, Found found) throws ImagingException {
        if (device.says(3, "-FVE-FS-") || device.says(424, BITLOCKER_TO_GO)) {
            found.add("BitLocker", Kind.CONTAINER, 0);
        }
    }

    /** cs_fvault2.c: a physical volume of Core Storage. */
    private static void coreStorage(DeviceBytes device, Found found) throws ImagingException {
        if (device.says(88, "CS") && device.u16(8) == 1 && device.u16(10) == 0x10 && device.u32(90) == 1) {
            found.add("Core Storage member", Kind.CONTAINER, 0);
        }
    }
}
