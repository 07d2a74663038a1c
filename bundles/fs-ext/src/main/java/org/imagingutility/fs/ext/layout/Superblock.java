package org.imagingutility.fs.ext.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileSystemException;

/**
 * What the superblock says of the volume beside its measures, which are {@link Geometry}'s. Offsets of fields: "The Super
 * Block" of the kernel's ext4 documentation ({@code struct ext4_super_block}).
 *
 * @param features what the volume makes use of
 * @param geometry its measures
 * @param state {@code s_state}: {@link #CLEAN}, {@link #ERRORS}
 * @param lastOrphan {@code s_last_orphan}: the first of the inodes that the next mount removes or cuts, 0 if none
 * @param journalInode number of the inode that is the journal, 0 if there is none in the volume
 * @param externalJournal whether the journal is on another device
 * @param checksums how structures of the volume are summed up
 * @param uuid UUID of the volume
 * @param label label of the volume, empty if none
 */
public record Superblock(Features features, Geometry geometry, int state, long lastOrphan, long journalInode, boolean externalJournal,
        Checksums checksums, UUID uuid, String label) {
    /** Where the superblock begins on the volume, whatever the block size. */
    public static final int OFFSET = 1024;
    public static final int MAGIC_AT = 0x38;
    /** Bytes of the superblock. */
    public static final int LENGTH = 1024;
    /** {@code s_state}: unmounted in order. */
    public static final int CLEAN = 1;
    /** {@code s_state}: the kernel found errors. */
    public static final int ERRORS = 2;

    private static final int MAGIC = 0xEF53;
    private static final int LOG_BLOCK_SIZE_AT = 0x18;
    /** 64 KiB is the largest block there is; libblkid takes as much as this. */
    private static final int MAX_LOG_BLOCK_SIZE = 255;
    public static final int STATE_AT = 0x3A;
    private static final int REVISION_AT = 0x4C;
    private static final int COMPAT_AT = 0x5C;
    private static final int INCOMPAT_AT = 0x60;
    private static final int RO_COMPAT_AT = 0x64;
    private static final int UUID_AT = 0x68;
    private static final int UUID_LENGTH = 16;
    private static final int LABEL_AT = 0x78;
    private static final int LABEL_LENGTH = 16;
    private static final int JOURNAL_INODE_AT = 0xE0;
    private static final int JOURNAL_DEVICE_AT = 0xE4;
    private static final int LAST_ORPHAN_AT = 0xE8;
    private static final int CHECKSUM_TYPE_AT = 0x175;
    private static final int CHECKSUM_SEED_AT = 0x270;
    private static final int CHECKSUM_AT = 0x3FC;
    private static final int CRC32C_TYPE = 1;
    private static final int MAX_REVISION = 1;

    /** Says whether these {@link #LENGTH} bytes claim to be the superblock of a file system, not of a mere journal. */
    public static boolean isExt(ByteBuffer bytes) {
        return Short.toUnsignedInt(bytes.getShort(MAGIC_AT)) == MAGIC
                && (revision(bytes) == 0 || (bytes.getInt(INCOMPAT_AT) & Features.JOURNAL_DEVICE) == 0);
    }

    /**
     * Returns why libblkid would not take these bytes for a superblock: the checksum or, where there is none, the size of a
     * block. They claim to be one.
     */
    public static Optional<String> flaw(ByteBuffer bytes, Place place) {
        Features features = claimedFeatures(bytes);
        try {
            if (features.metadataChecksum()) {
                checkSum(bytes, place);
            } else if (Integer.compareUnsigned(bytes.getInt(LOG_BLOCK_SIZE_AT), MAX_LOG_BLOCK_SIZE) > 0) {
                throw place.wrong(LOG_BLOCK_SIZE_AT, "the size of a block is given as 2 to the power of 10 + "
                        + Integer.toUnsignedString(bytes.getInt(LOG_BLOCK_SIZE_AT)));
            }
            return Optional.empty();
        } catch (FileSystemException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    /** Returns name, label and UUID that these bytes give, whether or not the rest of them makes sense. */
    public static FileSystemInfo claimedInfo(ByteBuffer bytes) {
        UUID uuid = uuid(bytes);
        return new FileSystemInfo(claimedFeatures(bytes).fileSystem(), label(bytes), shown(uuid), 0, 0);
    }

    /** Revision 0 has no features; the bytes behind mean nothing there. */
    private static Features claimedFeatures(ByteBuffer bytes) {
        return revision(bytes) == 0 ? new Features(0, 0, 0)
                : new Features(bytes.getInt(COMPAT_AT), bytes.getInt(INCOMPAT_AT), bytes.getInt(RO_COMPAT_AT));
    }

    private static UUID uuid(ByteBuffer bytes) {
        ByteBuffer id = bytes.slice(UUID_AT, UUID_LENGTH);
        return new UUID(id.getLong(), id.getLong());
    }

    private static String shown(UUID uuid) {
        return uuid.getMostSignificantBits() == 0 && uuid.getLeastSignificantBits() == 0 ? "" : uuid.toString();
    }

    /**
     * Parses the {@link #LENGTH} bytes of a superblock.
     *
     * @param deviceLength bytes of the device; the volume must not be longer
     */
    public static Superblock parse(ByteBuffer bytes, long deviceLength, Place place) throws FileSystemException {
        if (revision(bytes) < 0 || revision(bytes) > MAX_REVISION) {
            throw place.wrong(REVISION_AT, "revision of the superblock is "
                    + Integer.toUnsignedString(revision(bytes)) + ", known are 0 and 1");
        }
        Features features = features(bytes, place);
        if (features.metadataChecksum()) {
            checkSum(bytes, place);
        }
        byte[] uuid = new byte[UUID_LENGTH];
        bytes.get(UUID_AT, uuid);
        Checksums checksums = features.checksumSeed() && features.metadataChecksum()
                ? Checksums.seeded(bytes.getInt(CHECKSUM_SEED_AT)) : Checksums.of(features.metadataChecksum(), uuid);
        Geometry geometry = GeometryParser.parse(bytes, features, revision(bytes), deviceLength, place);
        long journal = features.hasJournal() ? Integer.toUnsignedLong(bytes.getInt(JOURNAL_INODE_AT)) : 0;
        if (journal > geometry.groupCount() * geometry.inodesPerGroup()) {
            throw place.wrong(JOURNAL_INODE_AT, "the journal is inode " + journal + " of "
                    + geometry.groupCount() * geometry.inodesPerGroup());
        }
        boolean external = features.hasJournal() && journal == 0 && bytes.getInt(JOURNAL_DEVICE_AT) != 0;
        return new Superblock(features, geometry, Short.toUnsignedInt(bytes.getShort(STATE_AT)),
                Integer.toUnsignedLong(bytes.getInt(LAST_ORPHAN_AT)), journal, external, checksums, uuid(bytes), label(bytes));
    }

    /** Returns what is known of the volume. */
    public FileSystemInfo info() {
        return new FileSystemInfo(features.fileSystem(), label, shown(uuid), geometry.blockSize(), geometry.blockCount());
    }

    /**
     * Says whether nothing on the volume is waiting to be written or repaired: then what contradicts itself is damage.
     */
    public boolean settled() {
        return (state & (CLEAN | ERRORS)) == CLEAN && !features.needsRecovery();
    }

    private static int revision(ByteBuffer bytes) {
        return bytes.getInt(REVISION_AT);
    }

    private static Features features(ByteBuffer bytes, Place place) throws FileSystemException {
        Features features = claimedFeatures(bytes);
        if (features.unknownIncompat() != 0) {
            throw place.wrong(INCOMPAT_AT, String.format("the volume has features that are not known here: "
                    + "incompatible 0x%X", features.unknownIncompat()));
        }
        if (features.unknownRoCompat() != 0) {
            throw place.wrong(RO_COMPAT_AT, String.format("the volume has features that are not known here: "
                    + "read-only compatible 0x%X", features.unknownRoCompat()));
        }
        return features;
    }

    private static void checkSum(ByteBuffer bytes, Place place) throws FileSystemException {
        if (bytes.get(CHECKSUM_TYPE_AT) != CRC32C_TYPE) {
            throw place.wrong(CHECKSUM_TYPE_AT, "type of checksums is " + Byte.toUnsignedInt(bytes.get(CHECKSUM_TYPE_AT))
                    + ", known is 1 (CRC-32C)");
        }
        int stored = bytes.getInt(CHECKSUM_AT);
        int expected = Checksums.plain(bytes.slice(0, CHECKSUM_AT));
        if (stored != expected) {
            throw place.wrong(CHECKSUM_AT, String.format("checksum of the superblock is 0x%08X, its content makes 0x%08X",
                    stored, expected));
        }
    }

    private static String label(ByteBuffer bytes) {
        byte[] label = new byte[LABEL_LENGTH];
        bytes.get(LABEL_AT, label);
        int length = 0;
        while (length < label.length && label[length] != 0) {
            length++;
        }
        // control characters could steer the terminal the label is shown on
        return new String(label, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
