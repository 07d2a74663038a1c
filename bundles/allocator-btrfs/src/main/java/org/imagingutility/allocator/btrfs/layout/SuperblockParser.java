package org.imagingutility.allocator.btrfs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.checksum.ChecksumType;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileSystemException;

/** Turns the bytes of a superblock into values and checks them (kernel, fs/btrfs/disk-io.c, btrfs_validate_super). */
public final class SuperblockParser {
    /** {@code _BHRfS_M}. */
    private static final long MAGIC = 0x4D5F_5366_5248_425FL;
    private static final int FSID_AT = 0x20;
    private static final int BYTENR_AT = 0x30;
    private static final int FLAGS_AT = 0x38;
    private static final int GENERATION_AT = 0x48;
    private static final int ROOT_AT = 0x50;
    private static final int CHUNK_ROOT_AT = 0x58;
    private static final int TOTAL_BYTES_AT = 0x70;
    private static final int BYTES_USED_AT = 0x78;
    private static final int DEVICES_AT = 0x88;
    private static final int SECTOR_SIZE_AT = 0x90;
    private static final int NODE_SIZE_AT = 0x94;
    private static final int ARRAY_SIZE_AT = 0xA0;
    private static final int CHUNK_GENERATION_AT = 0xA4;
    private static final int READ_ONLY_AT = 0xB4;
    private static final int INCOMPATIBLE_AT = 0xBC;
    private static final int CHECKSUM_TYPE_AT = 0xC4;
    private static final int LEVELS_AT = 0xC6;
    private static final int DEVICE_AT = 0xC9;
    private static final int LABEL_AT = 0x12B;
    private static final int LABEL_LENGTH = 256;
    private static final int METADATA_UUID_AT = 0x23B;
    private static final int ARRAY_LENGTH = 2048;
    private static final int MIN_SECTOR = 512;
    private static final int MAX_NODE = 64 << 10;

    private final ByteBuffer bytes;
    private final Place place;

    private SuperblockParser(ByteBuffer bytes, Place place) {
        this.bytes = bytes;
        this.place = place;
    }

    /** Says whether the magic stands there. */
    public static boolean hasMagic(ByteBuffer bytes) {
        return bytes.getLong(Superblock.MAGIC_AT) == MAGIC;
    }

    /** Says whether the checksum holds; it does not if its type is not known. */
    public static boolean isSound(ByteBuffer bytes, long offset) {
        return hasMagic(bytes) && bytes.getLong(BYTENR_AT) == offset && checksum(bytes).filter(type -> type.holds(bytes)).isPresent();
    }

    /** Returns the UUID of the file system. */
    public static UUID fsid(ByteBuffer bytes) {
        return DeviceItem.uuid(bytes, FSID_AT);
    }

    /** Returns the number of the last transaction. */
    public static long generation(ByteBuffer bytes) {
        return bytes.getLong(GENERATION_AT);
    }

    /** Returns what is wrong with a superblock whose magic is right so that no prober takes it, if anything is. */
    public static Optional<String> flaw(ByteBuffer bytes, Place place) {
        if (bytes.getInt(SECTOR_SIZE_AT) == 0) {
            return Optional.of("byte " + (place.offset() + SECTOR_SIZE_AT) + ": the sector size is 0");
        }
        boolean summed = checksum(bytes).map(type -> type != ChecksumType.CRC32C || type.holds(bytes)).orElse(true);
        return summed ? Optional.empty() : Optional.of("byte " + place.offset() + ": the crc32c of the superblock does not hold");
    }

    /** Returns what a superblock claims, whether or not it is right. */
    public static FileSystemInfo claimedInfo(ByteBuffer bytes) {
        long sector = Integer.toUnsignedLong(bytes.getInt(SECTOR_SIZE_AT));
        long total = bytes.getLong(DEVICE_AT + 8);
        boolean sized = sector >= MIN_SECTOR && sector <= MAX_NODE && total > 0;
        return new FileSystemInfo("btrfs", label(bytes), fsid(bytes).toString(), sized ? sector : 0, sized ? total / sector : 0);
    }

    private static Optional<ChecksumType> checksum(ByteBuffer bytes) {
        return ChecksumType.of(Short.toUnsignedInt(bytes.getShort(CHECKSUM_TYPE_AT)));
    }

    /**
     * Reads a superblock.
     *
     * @param bytes its bytes, little endian
     * @param deviceLength bytes of the device
     * @param place where it stands
     */
    public static Superblock parse(ByteBuffer bytes, long deviceLength, Place place) throws FileSystemException {
        ByteBuffer copy = ByteBuffer.allocate(Superblock.LENGTH).put(bytes.duplicate()).flip();
        return new SuperblockParser(copy.order(ByteOrder.LITTLE_ENDIAN), place).parse(deviceLength);
    }

    private Superblock parse(long deviceLength) throws FileSystemException {
        int type = Short.toUnsignedInt(bytes.getShort(CHECKSUM_TYPE_AT));
        ChecksumType checksum = ChecksumType.of(type).orElseThrow(() -> place.wrong(CHECKSUM_TYPE_AT,
                "checksums of type " + type + " are not known"));
        if (!checksum.holds(bytes)) {
            throw place.wrong(0, "the " + checksum + " of the superblock does not hold");
        }
        expect(bytes.getLong(BYTENR_AT) == place.offset(), BYTENR_AT, "the superblock says that it is that of byte "
                + Long.toUnsignedString(bytes.getLong(BYTENR_AT)));
        Features features = new Features(bytes.getLong(INCOMPATIBLE_AT), bytes.getLong(READ_ONLY_AT), bytes.getLong(FLAGS_AT));
        refuse(features.unsupported(), INCOMPATIBLE_AT, "the file system has features that are not supported: ");
        refuse(features.refusedStates(), FLAGS_AT, "the file system ");
        expect((features.incompatible() & 1) != 0, INCOMPATIBLE_AT, "the file system is of the time before mixed-backref");
        int sectorSize = size(SECTOR_SIZE_AT, "sector size", MIN_SECTOR);
        int nodeSize = size(NODE_SIZE_AT, "node size", Math.max(sectorSize, 4096));
        UUID fsid = fsid(bytes);
        UUID metadata = features.metadataUuid() ? DeviceItem.uuid(bytes, METADATA_UUID_AT) : fsid;
        DeviceItem device = device(deviceLength, metadata);
        long generation = bytes.getLong(GENERATION_AT);
        expect(generation > 0 && bytes.getLong(BYTES_USED_AT) > 0, GENERATION_AT, "the file system has no generation or no bytes in use");
        expect(bytes.getLong(DEVICES_AT) > 0, DEVICES_AT, "the file system has no devices");
        expect(bytes.getLong(TOTAL_BYTES_AT) >= device.totalBytes(), TOTAL_BYTES_AT,
                "the file system is smaller than its part on this device");
        int arrayLength = bytes.getInt(ARRAY_SIZE_AT);
        expect(arrayLength > 0 && arrayLength <= ARRAY_LENGTH, ARRAY_SIZE_AT, "the array of chunks has " + arrayLength
                + " bytes, which is not in 1.." + ARRAY_LENGTH);
        Optional<TreeRoot> log = bytes.getLong(Superblock.LOG_ROOT_AT) == 0 ? Optional.empty()
                : Optional.of(root(TreeRoot.LOGS, Superblock.LOG_ROOT_AT, 2, generation + 1, sectorSize));
        return new Superblock(fsid, metadata, features, generation, root(TreeRoot.ROOTS, ROOT_AT, 0, generation, sectorSize),
                root(TreeRoot.CHUNKS, CHUNK_ROOT_AT, 1, bytes.getLong(CHUNK_GENERATION_AT), sectorSize), log,
                bytes.getLong(BYTES_USED_AT), bytes.getLong(DEVICES_AT), sectorSize, nodeSize, checksum, device, label(bytes),
                bytes.slice(Superblock.SYSTEM_CHUNKS_AT, arrayLength).order(ByteOrder.LITTLE_ENDIAN));
    }

    private DeviceItem device(long deviceLength, UUID metadata) throws FileSystemException {
        DeviceItem device = DeviceItem.at(bytes, DEVICE_AT);
        expect(device.id() > 0, DEVICE_AT, "the device has the number " + Long.toUnsignedString(device.id())
                + ": it is about to replace another one");
        expect(device.fsid().equals(metadata), DEVICE_AT + 82, "the device is one of " + device.fsid() + ", its nodes of "
                + metadata);
        expect(device.totalBytes() > 0 && device.totalBytes() <= deviceLength, DEVICE_AT + 8, "the file system has "
                + Long.toUnsignedString(device.totalBytes()) + " bytes on this device, which has " + deviceLength);
        expect(device.bytesUsed() > 0 && device.bytesUsed() <= device.totalBytes(), DEVICE_AT + 16, "chunks have "
                + Long.toUnsignedString(device.bytesUsed()) + " bytes of this device, the file system " + device.totalBytes());
        return device;
    }

    private TreeRoot root(long owner, int at, int number, long generation, int sectorSize) throws FileSystemException {
        int level = Byte.toUnsignedInt(bytes.get(LEVELS_AT + number));
        expect(level < TreeRoot.MAX_LEVEL, LEVELS_AT + number, "a tree has level " + level + ", which is not below "
                + TreeRoot.MAX_LEVEL);
        long logical = bytes.getLong(at);
        expect(logical > 0 && logical % sectorSize == 0, at, "a tree begins at logical address "
                + Long.toUnsignedString(logical) + ", which is none of a sector");
        return new TreeRoot(owner, logical, level, generation);
    }

    private int size(int at, String what, int least) throws FileSystemException {
        long size = Integer.toUnsignedLong(bytes.getInt(at));
        expect(size >= least && size <= MAX_NODE && Long.bitCount(size) == 1, at, "the " + what + " is " + size
                + ", which is no power of two in " + least + ".." + MAX_NODE);
        return (int) size;
    }

    private void refuse(List<String> what, int at, String reason) throws FileSystemException {
        expect(what.isEmpty(), at, reason + String.join(", ", what));
    }

    private void expect(boolean right, int at, String reason) throws FileSystemException {
        if (!right) {
            throw place.wrong(at, reason);
        }
    }

    /** Control characters, which could steer the terminal that the label is shown on, are replaced. */
    private static String label(ByteBuffer bytes) {
        byte[] label = new byte[LABEL_LENGTH];
        bytes.get(LABEL_AT, label);
        String text = new String(label, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        StringBuilder shown = new StringBuilder(end < 0 ? text : text.substring(0, end));
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString().strip();
    }
}
