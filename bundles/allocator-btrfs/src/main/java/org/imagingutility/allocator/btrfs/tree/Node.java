package org.imagingutility.allocator.btrfs.tree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.layout.DeviceItem;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;

/**
 * A node of a tree that was verified ({@code struct btrfs_header}, {@code struct btrfs_item}, {@code struct btrfs_key_ptr}). Not
 * changed after it was made.
 */
public final class Node {
    /** Bytes of the header. */
    static final int HEADER = 101;
    static final int FSID_AT = 0x20;
    static final int BYTENR_AT = 0x30;
    static final int CHUNK_TREE_AT = 0x40;
    static final int GENERATION_AT = 0x50;
    static final int OWNER_AT = 0x58;
    static final int COUNT_AT = 0x60;
    static final int LEVEL_AT = 0x64;
    /** Bytes of an item's head in a leaf, and of a pointer in other nodes. */
    static final int ITEM = 25;
    static final int POINTER = 33;
    private static final int POINTER_ADDRESS_AT = 17;
    private static final int DATA_OFFSET_AT = 17;
    private static final int DATA_SIZE_AT = 21;

    private final ByteBuffer bytes;
    private final Place place;

    /** Creates a node of bytes that are not verified yet. */
    Node(ByteBuffer bytes, Place place) {
        this.bytes = bytes;
        this.place = place;
    }

    /** Returns where it stands. */
    public Place place() {
        return place;
    }

    /** Returns its logical address. */
    public long logical() {
        return bytes.getLong(BYTENR_AT);
    }

    long generation() {
        return bytes.getLong(GENERATION_AT);
    }

    /** Returns its level, 0 for a leaf. */
    public int level() {
        return Byte.toUnsignedInt(bytes.get(LEVEL_AT));
    }

    /** Returns the UUID of the chunk tree that it was written with. */
    public UUID chunkTree() {
        return DeviceItem.uuid(bytes, CHUNK_TREE_AT);
    }

    /** Returns how many items or pointers it has. */
    public int count() {
        return bytes.getInt(COUNT_AT);
    }

    /** Returns the byte of the node at which the head of item or pointer {@code slot} stands. */
    int headOf(int slot) {
        return HEADER + slot * (level() == 0 ? ITEM : POINTER);
    }

    /** Returns the key of item or pointer {@code slot}. */
    public Key key(int slot) {
        return Key.at(bytes, headOf(slot));
    }

    /** Returns the root of the tree that pointer {@code slot} of this node of {@code owner} leads to. */
    TreeRoot child(int slot, long owner) {
        int at = headOf(slot) + POINTER_ADDRESS_AT;
        return new TreeRoot(owner, bytes.getLong(at), level() - 1, bytes.getLong(at + Long.BYTES));
    }

    /** Returns where the data of item {@code slot} begins, counted from the end of the header. */
    long dataOffset(int slot) {
        return Integer.toUnsignedLong(bytes.getInt(headOf(slot) + DATA_OFFSET_AT));
    }

    public long dataSize(int slot) {
        return Integer.toUnsignedLong(bytes.getInt(headOf(slot) + DATA_SIZE_AT));
    }

    /** Returns the bytes of item {@code slot}, little endian. */
    public ByteBuffer data(int slot) {
        return bytes.slice(HEADER + (int) dataOffset(slot), (int) dataSize(slot)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns where the bytes of item {@code slot} stand. */
    public Place dataPlace(int slot) {
        return new Place(place.device(), place.offset() + HEADER + dataOffset(slot));
    }
}
