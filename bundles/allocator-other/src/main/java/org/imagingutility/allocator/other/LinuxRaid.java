package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * Members of a Linux software RAID by their superblocks, as the kernel checks them: Linux, include/uapi/linux/raid/md_p.h, and
 * {@code super_90_load}, {@code super_1_load} in drivers/md/md.c. Versions 0.90 and 1.0 stand at the end, 1.1 at the begin,
 * 1.2 at 4 KiB.
 */
final class LinuxRaid {
    private static final String NAME = "Linux RAID member";
    /** MD_SB_MAGIC. */
    private static final long MAGIC = 0xA92B_4EFCL;
    private static final int SECTOR = 512;
    private static final int PAGE = 4 << 10;
    /** MD_RESERVED_BYTES: what version 0.90 reserves at the end. */
    private static final int RESERVED = 64 << 10;
    private static final int KIB = 1024;
    /** Bytes of struct mdp_superblock_1 before dev_roles. */
    private static final int FIXED = 256;
    /** The superblock has a page. */
    private static final int MAX_ROLES = (PAGE - FIXED) / 2;

    private LinuxRaid() {
    }

    /** Looks at all places. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        long length = device.length();
        if (length > RESERVED) {
            version0(device, length / RESERVED * RESERVED - RESERVED, found);
            version1(device, length / PAGE * PAGE - 2 * PAGE, found);
        }
        version1(device, 0, found);
        version1(device, PAGE, found);
    }

    private static void version0(DeviceBytes device, long at, Found found) throws ImagingException {
        boolean little = device.u32(at) == MAGIC;
        if (!little && device.u32big(at) != MAGIC) {
            return;
        }
        // size, in KiB: what the member holds must lie before the superblock
        long size = (little ? device.u32(at + 32) : device.u32big(at + 32)) * KIB;
        long minor = little ? device.u32(at + 8) : device.u32big(at + 8);
        if (size > at) {
            return;
        }
        // set_uuid0 stands apart from set_uuid1 to 3, which came with 0.90
        StringBuilder serial = new StringBuilder(part(device, at + 20, little));
        for (int i = 0; i < 3; i++) {
            serial.append(minor >= 90 ? part(device, at + 52 + i * 4L, little) : "00000000");
        }
        // in the usual spelling of a UUID
        for (int dash = 20; dash >= 8; dash -= 4) {
            serial.insert(dash, '-');
        }
        found.add(NAME, Kind.CONTAINER, at, "", serial.toString());
    }

    private static String part(DeviceBytes device, long at, boolean little) throws ImagingException {
        return String.format("%08x", little ? device.u32(at) : device.u32big(at));
    }

    private static void version1(DeviceBytes device, long at, Found found) throws ImagingException {
        // magic, major_version, super_offset in sectors
        if (device.u32(at) == MAGIC && device.u32(at + 4) == 1 && device.u64(at + 144) == at / SECTOR
                && checksumHolds(device, at)) {
            found.add(NAME, Kind.CONTAINER, at, device.text(at + 32, 32), device.uuid(at + 16));
        }
    }

    /** calc_sb_1_csum: the sum of all words up to the last role, sb_csum itself being 0, with the carries added. */
    private static boolean checksumHolds(DeviceBytes device, long at) throws ImagingException {
        long roles = device.u32(at + 220);
        if (roles > MAX_ROLES) {
            return false;
        }
        ByteBuffer bytes = device.bytes(at, FIXED + (int) roles * 2);
        long expected = Integer.toUnsignedLong(bytes.getInt(216));
        bytes.putInt(216, 0);
        long sum = 0;
        while (bytes.remaining() >= Integer.BYTES) {
            sum += Integer.toUnsignedLong(bytes.getInt());
        }
        if (bytes.hasRemaining()) {
            sum += Short.toUnsignedInt(bytes.getShort());
        }
        return ((sum & 0xFFFF_FFFFL) + (sum >>> 32) & 0xFFFF_FFFFL) == expected;
    }
}
