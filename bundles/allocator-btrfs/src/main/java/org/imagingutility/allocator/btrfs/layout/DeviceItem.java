package org.imagingutility.allocator.btrfs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A device of a file system ({@code struct btrfs_dev_item}). Immutable.
 *
 * @param id number of the device
 * @param totalBytes bytes of it that the file system may use
 * @param bytesUsed bytes of it that belong to chunks
 * @param uuid its own UUID
 * @param fsid UUID of the file system it belongs to
 */
public record DeviceItem(long id, long totalBytes, long bytesUsed, UUID uuid, UUID fsid) {
    /** Bytes of the item. */
    public static final int LENGTH = 98;

    /** Reads the item at byte {@code at} of little-endian bytes. */
    public static DeviceItem at(ByteBuffer bytes, int at) {
        return new DeviceItem(bytes.getLong(at), bytes.getLong(at + 8), bytes.getLong(at + 16), uuid(bytes, at + 66),
                uuid(bytes, at + 82));
    }

    /** Reads the UUID at byte {@code at}. */
    public static UUID uuid(ByteBuffer bytes, int at) {
        ByteBuffer big = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new UUID(big.getLong(at), big.getLong(at + Long.BYTES));
    }
}
