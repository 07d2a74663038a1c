package org.imagingutility.allocator.swap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.device.MemoryDevice;

/** Swap areas as {@code mkswap} makes them, with what was paged out to them. */
final class SwapAreas {
    /** The first 8 bytes of the UUID are 01 02 03 … 08. */
    static final String UUID = "01020304-0506-0708-090a-0b0c0d0e0f10";

    private SwapAreas() {
    }

    static byte[] bytes(int pageSize, int pages, int surplus) {
        byte[] area = Content.random(pageSize * pages + surplus, 7);
        ByteBuffer header = ByteBuffer.wrap(area).order(ByteOrder.LITTLE_ENDIAN);
        header.put(0, new byte[pageSize]);
        header.putInt(1024, 1).putInt(1028, pages - 1);
        for (int i = 0; i < 16; i++) {
            header.put(1036 + i, (byte) (i + 1));
        }
        header.put(1052, "swap one".getBytes(StandardCharsets.US_ASCII));
        header.put(pageSize - 10, "SWAPSPACE2".getBytes(StandardCharsets.US_ASCII));
        return area;
    }

    static MemoryDevice device(byte[] area) {
        return new MemoryDevice(area);
    }
}
