package org.imagingutility.allocator.btrfs.extent;

import java.nio.ByteBuffer;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.tree.TreeCursor;
import org.imagingutility.api.error.ImagingException;

/** What the device tree says of this device, compared with the chunk tree (kernel, fs/btrfs/volumes.c, btrfs_verify_dev_extents). */
public final class DeviceExtents {
    /** {@code struct btrfs_dev_extent}: the chunk's address, and a length. */
    private static final int CHUNK_AT = 16;
    private static final int LENGTH_AT = 24;

    private DeviceExtents() {
    }

    /**
     * Refuses a device whose extents are not the stripes that chunks have on it.
     *
     * @param cursor over the device tree; moved
     */
    public static void compare(TreeCursor cursor, Superblock volume, DeviceStripes stripes) throws ImagingException {
        long device = volume.device().id();
        cursor.seek(new Key(device, Key.DEV_EXTENT, 0));
        for (DeviceStripes.Each stripe : stripes.all()) {
            Chunk chunk = stripe.chunk();
            boolean there = cursor.next() && cursor.key().equals(new Key(device, Key.DEV_EXTENT, stripe.stripe().offset()));
            ByteBuffer data = there ? cursor.data() : null;
            if (!there || data.limit() < LENGTH_AT + Long.BYTES || data.getLong(CHUNK_AT) != chunk.logical()
                    || data.getLong(LENGTH_AT) != chunk.stripeLength()) {
                throw cursor.keyPlace().wrong(0, "the device tree does not have the stripe of " + chunk.stripeLength()
                        + " bytes at byte " + stripe.stripe().offset() + " of the chunk at logical address " + chunk.logical());
            }
        }
        if (cursor.next() && cursor.key().objectId() == device && cursor.key().type() == Key.DEV_EXTENT) {
            throw cursor.keyPlace().wrong(0, "the device tree has the extent " + cursor.key() + ", which is a stripe of no chunk");
        }
    }
}
