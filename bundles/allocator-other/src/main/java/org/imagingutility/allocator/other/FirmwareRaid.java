package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * Members of RAIDs that firmware makes, by what it writes at the end of disks. Sources: "Common RAID Disk Data Format" 2.0 of
 * the SNIA, section 4.2 (anchor header); for the others the files of libblkid (util-linux, libblkid/src/superblocks) that are
 * named with each.
 */
final class FirmwareRaid {
    private static final int SECTOR = 512;
    private static final long DDF = 0xDE11_DE11L;
    /** Where Promise's firmware has its text, in sectors before the end. */
    private static final int[] PROMISE = {63, 255, 256, 16, 399, 591, 675, 735, 911, 974, 991, 951, 3087};
    private static final int MIN_LENGTH = 64 << 10;

    private FirmwareRaid() {
    }

    /** Looks at all places. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        long sectors = device.length() / SECTOR;
        if (device.length() < MIN_LENGTH) {
            return;
        }
        long last = (sectors - 1) * SECTOR;
        ddf(device, last, found);
        ddf(device, (sectors - 257) * SECTOR, found);
        // isw_raid.c: the last but one sector
        named(device, last - SECTOR, "Intel Raid ISM Cfg Sig. ", "Intel Matrix RAID member", found);
        named(device, device.length() - 2 * 4096, "Intel Raid ISM Cfg Sig. ", "Intel Matrix RAID member", found);
        // lsi_raid.c, nvidia_raid.c
        named(device, last, "$XIDE$", "LSI MegaRAID member", found);
        if (device.says(last - SECTOR, "NVIDIA  ") && device.u32(last - SECTOR + 8) == 30) {
            found.add("NVIDIA RAID member", Kind.CONTAINER, last - SECTOR);
        }
        // promise_raid.c
        for (int i = 0; i < PROMISE.length; i++) {
            named(device, (sectors - PROMISE[i]) * SECTOR, "Promise Technology, Inc.", "Promise FastTrak RAID member", found);
        }
        // adaptec_raid.c: b0idcode and smagic of the last sector
        if (device.u32big(last) == 0x37FC_4D1EL && device.says(last + 256, "DPTM")) {
            found.add("Adaptec RAID member", Kind.CONTAINER, last);
        }
        // highpoint_raid.c: HPT45x eleven sectors before the end, HPT37x in the tenth sector
        long hpt45 = device.u32((sectors - 11) * SECTOR);
        if (hpt45 == 0x5A78_16F3L || hpt45 == 0x5A78_16FDL) {
            found.add("HighPoint RAID member", Kind.CONTAINER, (sectors - 11) * SECTOR);
        }
        long hpt37 = device.u32(4608 + 32);
        if (hpt37 == 0x5A78_16F0L || hpt37 == 0x5A78_16FDL) {
            found.add("HighPoint RAID member", Kind.CONTAINER, 4608 + 32);
        }
        sums(device, last, found);
    }

    /** Those whose marks are short, so that their sums must be right. */
    private static void sums(DeviceBytes device, long last, Found found) throws ImagingException {
        // silicon_raid.c: magic at 0x60, disk_number at 0x116; checksum1 at 0x13E makes the words before it zero
        if (device.u32(last + 96) == 0x2F00_0000L && device.u8(last + 0x116) < 8
                && (words(device.bytes(last, 0x13E)) + device.u16(last + 0x13E) & 0xFFFF) == 0) {
            found.add("Silicon Image RAID member", Kind.CONTAINER, last);
        }
        // via_raid.c: 50 bytes, then the sum of them
        ByteBuffer via = device.bytes(last, 51);
        int sum = 0;
        for (int i = 0; i < 50; i++) {
            sum += Byte.toUnsignedInt(via.get(i));
        }
        if (device.u16(last) == 0xAA55 && via.get(2) >= 0 && via.get(2) <= 2 && (byte) sum == via.get(50)) {
            found.add("VIA RAID member", Kind.CONTAINER, last);
        }
        // jmicron_raid.c: 128 bytes whose words make 0 or 1, the mode at 0x30
        int jmicron = words(device.bytes(last, 128)) & 0xFFFF;
        if (device.says(last, "JM") && jmicron <= 1 && device.u8(last + 0x30) <= 5) {
            found.add("JMicron RAID member", Kind.CONTAINER, last);
        }
    }

    private static int words(ByteBuffer bytes) {
        int sum = 0;
        while (bytes.remaining() >= Short.BYTES) {
            sum += Short.toUnsignedInt(bytes.getShort());
        }
        return sum;
    }

    private static void named(DeviceBytes device, long at, String magic, String name, Found found) throws ImagingException {
        if (device.says(at, magic)) {
            found.add(name, Kind.CONTAINER, at);
        }
    }

    /** The anchor says where the primary header stands, which has the same magic. */
    private static void ddf(DeviceBytes device, long at, Found found) throws ImagingException {
        if (device.u32big(at) == DDF) {
            long primary = device.u64big(at + 96);
            boolean there = primary == 0
                    || primary > 0 && primary < device.length() / SECTOR && device.u32big(primary * SECTOR) == DDF;
            if (there) {
                found.add("DDF RAID member", Kind.CONTAINER, at, "", device.text(at + 8, 24));
            }
        }
    }
}
