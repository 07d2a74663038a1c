package org.imagingutility.allocator.swap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;

/**
 * The first page of a swap area of version 1, little endian (Linux, include/linux/swap.h, {@code union swap_header}): the magic
 * {@code SWAPSPACE2} ends the page, whose size is that of the machine, and the fields stand from byte 1024 on. An area that a
 * system was suspended in has another magic there, or TuxOnIce's mark in front, and is none.
 *
 * @param pageSize bytes of a page, 4 to 64 KiB
 * @param lastPage number of the last page of the area, 1 to 4 294 967 295; the header is page 0
 * @param label its label, empty if it has none
 * @param uuid its UUID, empty if it has none
 */
record SwapHeader(int pageSize, long lastPage, String label, String uuid) {
    /** Byte of the field {@code last_page}. */
    static final int LAST_PAGE_AT = 1028;
    private static final int MIN_PAGE = 4 << 10;
    private static final int MAX_PAGE = 64 << 10;
    private static final int VERSION_AT = 1024;
    private static final int UUID_AT = 1036;
    private static final int LABEL_AT = 1052;
    private static final int LABEL_LENGTH = 16;
    private static final byte[] MAGIC = "SWAPSPACE2".getBytes(StandardCharsets.US_ASCII);
    /** TuxOnIce writes over the first bytes and leaves the magic in its place (libblkid, swap.c). */
    private static final byte[] TUX_ON_ICE = {(byte) 0xED, (byte) 0xC3, 2, (byte) 0xE9, (byte) 0x98, 0x56, (byte) 0xE5, 0x0C};
    /** The kernel refuses areas with fewer pages, since they have room for nothing. */
    private static final int MIN_PAGES = 10;

    /** Reads the header of the device; empty if it has none. */
    static Optional<SwapHeader> read(AlignedReader device) throws ImagingException {
        int length = (int) Math.min(MAX_PAGE, device.deviceLength());
        if (length < MIN_PAGES * MIN_PAGE) {
            return Optional.empty();
        }
        ByteBuffer bytes = device.read(0, length);
        if (has(bytes, 0, TUX_ON_ICE)) {
            return Optional.empty();
        }
        for (int page = MIN_PAGE; page <= length; page *= 2) {
            if (has(bytes, page - MAGIC.length, MAGIC)) {
                return bytes.getInt(VERSION_AT) == 1 && bytes.getInt(LAST_PAGE_AT) != 0 ? Optional.of(of(bytes, page)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static SwapHeader of(ByteBuffer bytes, int pageSize) {
        byte[] name = new byte[LABEL_LENGTH];
        bytes.get(LABEL_AT, name);
        String label = new String(name, StandardCharsets.UTF_8);
        int end = label.indexOf('\0');
        UUID uuid = new UUID(Long.reverseBytes(bytes.getLong(UUID_AT)), Long.reverseBytes(bytes.getLong(UUID_AT + Long.BYTES)));
        boolean none = uuid.getMostSignificantBits() == 0 && uuid.getLeastSignificantBits() == 0;
        // control characters could steer the terminal that it is shown on
        return new SwapHeader(pageSize, Integer.toUnsignedLong(bytes.getInt(LAST_PAGE_AT)),
                (end < 0 ? label : label.substring(0, end)).replaceAll("\\p{Cntrl}", "?").strip(), none ? "" : uuid.toString());
    }

    private static boolean has(ByteBuffer bytes, int at, byte[] expected) {
        byte[] found = new byte[expected.length];
        bytes.get(at, found);
        return Arrays.equals(found, expected);
    }

    /** Returns the first byte behind the area. */
    long end() {
        return (lastPage + 1) * pageSize;
    }

    /** Returns what is known of the area. */
    FileSystemInfo info() {
        return new FileSystemInfo("Linux swap", label, uuid, pageSize, lastPage + 1);
    }
}
