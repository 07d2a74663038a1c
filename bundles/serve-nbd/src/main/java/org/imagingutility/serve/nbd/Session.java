package org.imagingutility.serve.nbd;

import org.imagingutility.api.serve.ServedDevice;

/**
 * What was agreed upon when a client goes over to transmission.
 *
 * @param transport its connection, which may have become one under TLS
 * @param device what it asked for
 * @param structured whether replies to reads are structured
 * @param allocation whether it may ask for {@code base:allocation}
 */
record Session(Transport transport, ServedDevice device, boolean structured, boolean allocation) {
    /** The id of {@code base:allocation} in replies. */
    static final int ALLOCATION_ID = 1;

    /** Returns the transmission flags of a device ("Transmission flags"). */
    static int flags(ServedDevice device, boolean structured) {
        // a flush covers what any connection wrote, since all write to the same file: so several connections may be used
        return Nbd.HAS_FLAGS | Nbd.CAN_MULTI_CONN | Nbd.SEND_CACHE | (structured ? Nbd.SEND_DF : 0)
                | (device.writable() ? Nbd.SEND_FLUSH | Nbd.SEND_FUA | Nbd.SEND_TRIM | Nbd.SEND_WRITE_ZEROES : Nbd.READ_ONLY);
    }
}
