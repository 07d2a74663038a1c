package org.imagingutility.allocator.other;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * File systems of optical discs: UDF (ECMA-167, parts 2 and 3; OSTA UDF 2.60, 2.1 and 2.2) and ISO 9660 (ECMA-119, section 8;
 * Joliet), which a bridge disc has both. UDF is named first, as by libblkid.
 */
final class Discs {
    private static final int SYSTEM_AREA = 32 << 10;
    private static final int SECTOR = 2048;
    private static final int MAX_DESCRIPTORS = 64;
    /** Tag identifiers of ECMA-167 3/7.2.1. */
    private static final int ANCHOR = 2;
    private static final int LOGICAL_VOLUME = 6;
    private static final int TERMINATING = 8;
    private static final int ANCHOR_BLOCK = 256;
    private static final int JOLIET_LABEL = 16;

    private Discs() {
    }

    /** Looks at all places. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        if (device.u8(SYSTEM_AREA) == 0 && device.u8(SYSTEM_AREA + 1) == 0) {
            return;
        }
        udf(device, found);
        iso9660(device, found);
    }

    private static void udf(DeviceBytes device, Found found) throws ImagingException {
        for (int blockSize = 512; blockSize <= 4096; blockSize *= 2) {
            long anchor = (long) ANCHOR_BLOCK * blockSize;
            if (recognised(device, Math.max(blockSize, SECTOR)) && device.u16(anchor) == ANCHOR
                    && device.u32(anchor + 12) == ANCHOR_BLOCK) {
                found.add("UDF", Kind.DISC, SYSTEM_AREA, label(device, anchor, blockSize), "");
                return;
            }
        }
    }

    /** The volume recognition sequence (2/8.3.1) ends with the first sector that is not one of its descriptors. */
    private static boolean recognised(DeviceBytes device, int step) throws ImagingException {
        for (int i = 0; i < MAX_DESCRIPTORS; i++) {
            long at = SYSTEM_AREA + (long) i * step + 1;
            if (device.says(at, "NSR02") || device.says(at, "NSR03")) {
                return true;
            }
            if (!device.says(at, "BEA01") && !device.says(at, "BOOT2") && !device.says(at, "CD001") && !device.says(at, "CDW02")
                    && !device.says(at, "TEA01")) {
                return false;
            }
        }
        return false;
    }

    /** Returns the identifier of the logical volume, which the sequence names that the anchor points to. */
    private static String label(DeviceBytes device, long anchor, int blockSize) throws ImagingException {
        long first = device.u32(anchor + 20);
        long count = Math.min(device.u32(anchor + 16) / blockSize, MAX_DESCRIPTORS);
        for (long block = first; block < first + count; block++) {
            long at = block * blockSize;
            int tag = device.u16(at);
            if (tag == TERMINATING || device.u32(at + 12) != block) {
                break;
            }
            if (tag == LOGICAL_VOLUME) {
                return dstring(device, at + 84, 128);
            }
        }
        return "";
    }

    /** OSTA UDF 2.1.3: the first byte says how wide characters are, the last how many bytes are used. */
    private static String dstring(DeviceBytes device, long at, int length) throws ImagingException {
        int used = Math.min(device.u8(at + length - 1), length - 1);
        Charset charset = device.u8(at) == 16 ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1;
        return used < 2 ? "" : device.text(at + 1, used - 1, charset);
    }

    private static void iso9660(DeviceBytes device, Found found) throws ImagingException {
        String label = null;
        String joliet = null;
        for (int i = 0; i < MAX_DESCRIPTORS; i++) {
            long at = SYSTEM_AREA + (long) i * SECTOR;
            int type = device.u8(at);
            if (!device.says(at + 1, "CD001") || type == 255) {
                break;
            }
            if (type == 1 && label == null) {
                label = device.text(at + 40, 32, StandardCharsets.ISO_8859_1);
            } else if (type == 2 && joliet == null && (device.says(at + 88, "%/@") || device.says(at + 88, "%/C")
                    || device.says(at + 88, "%/E"))) {
                joliet = device.text(at + 40, 32, StandardCharsets.UTF_16BE);
            }
        }
        if (label != null) {
            found.add("ISO 9660", Kind.DISC, SYSTEM_AREA, merged(label, joliet), "");
        } else if (device.says(SYSTEM_AREA + 9, "CDROM") && device.u8(SYSTEM_AREA + 8) == 1) {
            found.add("ISO 9660", Kind.DISC, SYSTEM_AREA, device.text(SYSTEM_AREA + 48, 32, StandardCharsets.ISO_8859_1), "");
        }
    }

    /**
     * Joliet's label has all characters, but only 16 of them: where the other one continues from there, what follows is taken
     * from that, in which {@code _} stands for the characters it does not have.
     */
    private static String merged(String label, String joliet) {
        if (joliet == null || joliet.isEmpty()) {
            return label;
        }
        StringBuilder whole = new StringBuilder(joliet);
        while (whole.length() < JOLIET_LABEL) {
            whole.append(' ');
        }
        boolean goesOn = label.length() > JOLIET_LABEL && joliet.length() <= JOLIET_LABEL;
        for (int i = 0; goesOn && i < JOLIET_LABEL; i++) {
            goesOn = label.charAt(i) == whole.charAt(i) || label.charAt(i) == '_';
        }
        return goesOn ? whole + label.substring(JOLIET_LABEL) : joliet;
    }
}
