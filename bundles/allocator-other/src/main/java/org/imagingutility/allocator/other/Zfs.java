package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * Members of ZFS pools by their four labels, two at the begin and two at the end: "ZFS On-Disk Specification" (draft of 2006),
 * section 1.2 to 1.3, and module/nvpair/nvpair.c of OpenZFS for the packed list of names and values.
 */
final class Zfs {
    private static final int LABEL = 256 << 10;
    private static final int LABELS = 4;
    private static final int LIST_AT = 16 << 10;
    private static final int LIST_LENGTH = 112 << 10;
    private static final int UBERBLOCKS_AT = 128 << 10;
    private static final int UBERBLOCK = 1024;
    private static final int UBERBLOCK_COUNT = 128;
    /** UBERBLOCK_MAGIC. */
    private static final long MAGIC = 0x00BA_B10CL;
    /** So many make a label: fewer may be left over of another one. */
    private static final int ENOUGH = 4;
    /** NV_ENCODE_XDR. */
    private static final int XDR = 1;
    private static final int UINT64 = 8;
    private static final int STRING = 9;
    private static final int MIN_LENGTH = 64 << 20;

    private Zfs() {
    }

    /** Looks at the labels until one of them is sound. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        if (device.length() < MIN_LENGTH) {
            return;
        }
        long end = device.length() / LABEL * LABEL;
        for (int i = 0; i < LABELS; i++) {
            long at = i < LABELS / 2 ? (long) i * LABEL : end - (long) (LABELS - i) * LABEL;
            if (listed(device, at, found)) {
                return;
            }
            if (uberblocks(device, at) >= ENOUGH) {
                found.add("ZFS member", Kind.FILE_SYSTEM, at);
                return;
            }
        }
    }

    private static int uberblocks(DeviceBytes device, long label) throws ImagingException {
        int count = 0;
        for (int i = 0; i < UBERBLOCK_COUNT; i++) {
            long at = label + UBERBLOCKS_AT + (long) i * UBERBLOCK;
            count += device.u64(at) == MAGIC || device.u64big(at) == MAGIC ? 1 : 0;
        }
        return count;
    }

    /** Looks through the list of a label, which names the pool. */
    private static boolean listed(DeviceBytes device, long label, Found found) throws ImagingException {
        long at = label + LIST_AT;
        // encoding, byte order; the numbers of XDR are big endian whatever the machine
        if (device.u8(at) != XDR || device.u8(at + 1) > 1 || device.u32big(at + 12) == 0) {
            return false;
        }
        ByteBuffer list = device.bytes(at, LIST_LENGTH).order(ByteOrder.BIG_ENDIAN).position(12);
        String name = "";
        long guid = 0;
        boolean pool = false;
        // each pair: its bytes here, its bytes in memory, length of the name, name, type, count, value
        while (list.remaining() >= 16) {
            int start = list.position();
            int size = list.getInt();
            list.getInt();
            int nameLength = list.getInt();
            if (size < 16 || size > list.limit() - start || nameLength <= 0 || nameLength > size - 20) {
                break;
            }
            String key = text(list, nameLength);
            int type = list.getInt();
            list.getInt();
            int left = start + size - list.position();
            if (type == STRING && key.equals("name") && left >= 4) {
                int length = list.getInt();
                name = length >= 0 && length <= left - 4 ? text(list, length) : "";
            } else if (type == UINT64 && key.equals("pool_guid") && left >= 8) {
                guid = list.getLong();
                pool = true;
            } else if (type == UINT64 && key.equals("guid")) {
                pool = true;
            }
            list.position(start + size);
        }
        if (pool) {
            found.add("ZFS member", Kind.FILE_SYSTEM, label, name, guid == 0 ? "" : Long.toUnsignedString(guid));
        }
        return pool;
    }

    /** Takes a text and what fills it up to four bytes. */
    private static String text(ByteBuffer list, int length) {
        byte[] bytes = new byte[length];
        list.get(bytes);
        list.position(Math.min(list.limit(), list.position() + (4 - length % 4) % 4));
        StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }
}
