package org.imagingutility.allocator.other;

import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * Swap space of Linux, and systems that are suspended in it: Linux, include/linux/swap.h (union swap_header) and
 * kernel/power/swap.c (SWSUSP_SIG); the marks of other ways to suspend are those of libblkid's swap.c.
 */
final class Swap {
    private static final int HEADER = 1024;
    private static final int MAGIC_LENGTH = 10;
    private static final int MIN_PAGE = 4 << 10;
    private static final int MAX_PAGE = 64 << 10;
    /** TuxOnIce writes over the first bytes and leaves the magic of the swap space in its place. */
    private static final String TUX_ON_ICE = "\u00ED\u00C3\u0002\u00E9\u0098\u0056\u00E5\u000C";

    private Swap() {
    }

    /** The magic ends the first page, whose size is the machine's. */
    static void find(DeviceBytes device, Found found) throws ImagingException {
        if (device.length() < 10 * MIN_PAGE) {
            return;
        }
        boolean tuxOnIce = device.says(0, TUX_ON_ICE);
        for (int page = MIN_PAGE; page <= MAX_PAGE; page *= 2) {
            int at = page - MAGIC_LENGTH;
            if (device.says(at, "S1SUSPEND") || device.says(at, "S2SUSPEND") || device.says(at, "ULSUSPEND")
                    || device.says(at, "LINHIB0001")) {
                add(device, "Linux swap with a suspended system", at, found);
                return;
            }
            boolean second = device.says(at, "SWAPSPACE2");
            if (tuxOnIce && second) {
                add(device, "Linux swap with a suspended system", 0, found);
                return;
            }
            // version (in either byte order) 1, last_page not 0
            if (second && (device.u32(HEADER) == 1 || device.u32big(HEADER) == 1) && device.u32(HEADER + 4) != 0) {
                add(device, "Linux swap", at, found);
                return;
            }
            if (device.says(at, "SWAP-SPACE")) {
                found.add("Linux swap", Kind.FILE_SYSTEM, at);
                return;
            }
        }
    }

    private static void add(DeviceBytes device, String name, long at, Found found) throws ImagingException {
        found.add(name, Kind.FILE_SYSTEM, at, device.text(HEADER + 28, 16), device.uuid(HEADER + 12));
    }
}
