package org.imagingutility.allocator.btrfs.chunk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.allocator.btrfs.layout.DeviceItem;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.api.error.FileSystemException;

/** Reads chunks ({@code struct btrfs_chunk}) and checks them (kernel, fs/btrfs/tree-checker.c, btrfs_check_chunk_valid). */
public final class ChunkItem {
    /** Bytes in front of the stripes. */
    private static final int HEAD = 48;
    private static final int STRIPE = 32;
    private static final int UNIT_AT = 16;
    private static final int TYPE_AT = 24;
    private static final int SECTOR_AT = 40;
    private static final int COUNT_AT = 44;
    /** Data, system, metadata and all profiles. */
    private static final long KNOWN_TYPES = 7 | Profile.MASK;

    private ChunkItem() {
    }

    /** Returns the bytes of the item that begins with these bytes, or 0 if it does not end among them. */
    static int lengthOf(ByteBuffer bytes) {
        if (bytes.remaining() < HEAD) {
            return 0;
        }
        int length = HEAD + STRIPE * Short.toUnsignedInt(bytes.getShort(bytes.position() + COUNT_AT));
        return length > bytes.remaining() ? 0 : length;
    }

    /**
     * Reads a chunk.
     *
     * @param logical its first logical address: the offset of its key
     * @param item its bytes, little endian
     * @param place where they stand
     */
    public static Chunk parse(long logical, ByteBuffer item, Superblock volume, Place place) throws FileSystemException {
        if (item.limit() < HEAD || HEAD + STRIPE * Short.toUnsignedInt(item.getShort(COUNT_AT)) != item.limit()) {
            throw place.wrong(COUNT_AT, "a chunk does not have the bytes that its stripes need");
        }
        long length = item.getLong(0);
        long type = item.getLong(TYPE_AT);
        int count = Short.toUnsignedInt(item.getShort(COUNT_AT));
        if (logical < 0 || length <= 0 || logical > Long.MAX_VALUE - length || logical % volume.sectorSize() != 0
                || length % volume.sectorSize() != 0) {
            throw place.wrong(0, "a chunk has " + Long.toUnsignedString(length) + " bytes from logical address "
                    + Long.toUnsignedString(logical) + " on, which are not whole sectors");
        }
        if (item.getLong(UNIT_AT) != Chunk.UNIT || item.getInt(SECTOR_AT) != volume.sectorSize()) {
            throw place.wrong(UNIT_AT, "a chunk is striped by " + Long.toUnsignedString(item.getLong(UNIT_AT))
                    + " bytes, expected " + Chunk.UNIT + ", in sectors of " + Integer.toUnsignedString(item.getInt(SECTOR_AT)));
        }
        Profile profile = Profile.of(type).orElse(null);
        if (profile == null || (type & ~KNOWN_TYPES) != 0 || (type & (Chunk.DATA | Chunk.TREES)) == 0) {
            throw place.wrong(TYPE_AT, "a chunk has the unknown type " + Long.toHexString(type));
        }
        if (!profile.fits(count)) {
            throw place.wrong(COUNT_AT, "a chunk of profile " + profile + " has " + count + " stripes");
        }
        int columns = profile.columns(count);
        if (profile.striped() && length % (columns * Chunk.UNIT) != 0) {
            throw place.wrong(0, "a chunk has " + length + " bytes, which are not whole rows of " + columns + " stripes");
        }
        return new Chunk(logical, length, type, profile, columns, here(item, profile, length / columns, volume, place));
    }

    private static List<Chunk.Stripe> here(ByteBuffer item, Profile profile, long length, Superblock volume, Place place)
            throws FileSystemException {
        List<Chunk.Stripe> here = new ArrayList<>();
        DeviceItem device = volume.device();
        for (int at = HEAD; at < item.limit(); at += STRIPE) {
            if (item.getLong(at) != device.id()) {
                continue;
            }
            if (!DeviceItem.uuid(item, at + 16).equals(device.uuid())) {
                throw place.wrong(at + 16, "a stripe is on device " + device.id() + " with the UUID "
                        + DeviceItem.uuid(item, at + 16) + ", but that of this device is " + device.uuid());
            }
            long offset = item.getLong(at + 8);
            if (offset < 0 || offset > device.totalBytes() - length || offset % volume.sectorSize() != 0) {
                throw place.wrong(at + 8, "a stripe of " + length + " bytes begins at byte " + Long.toUnsignedString(offset)
                        + " of the device, of which the file system has " + device.totalBytes());
            }
            here.add(new Chunk.Stripe(profile.column((at - HEAD) / STRIPE), offset));
        }
        if (here.size() > 1 && profile != Profile.DUP) {
            throw place.wrong(COUNT_AT, "a chunk of profile " + profile + " has " + here.size() + " stripes on one device");
        }
        return here;
    }
}
