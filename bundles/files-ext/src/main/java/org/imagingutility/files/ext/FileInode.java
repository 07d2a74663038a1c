package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.files.FileDetails.DeviceNumbers;
import org.imagingutility.api.files.FileFlag;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTimes;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.PosixAttributes;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Place;

/**
 * One inode, all of it. Offsets of fields: "Index Nodes" of the kernel's ext4 documentation. Immutable.
 *
 * @param number its number
 * @param bytes its bytes, as many as the volume's inodes have
 * @param blocks what it says of its blocks
 * @param place where it stands
 * @param wide whether the size of all kinds of files has 64 bits
 * @param hugeFiles whether the number of blocks may count blocks instead of sectors
 */
record FileInode(long number, ByteBuffer bytes, Inode blocks, Place place, boolean wide, boolean hugeFiles) {
    static final int OLD_LENGTH = 128;
    static final int EXTRA_LENGTH_AT = 0x80;
    private static final int MODE_AT = 0x0;
    private static final int OWNER_AT = 0x2;
    static final int SIZE_AT = 0x4;
    private static final int ACCESSED_AT = 0x8;
    private static final int CHANGED_AT = 0xC;
    private static final int MODIFIED_AT = 0x10;
    private static final int GROUP_AT = 0x18;
    private static final int LINKS_AT = 0x1A;
    private static final int SECTORS_AT = 0x1C;
    private static final int FLAGS_AT = 0x20;
    private static final int SIZE_HIGH_AT = 0x6C;
    private static final int SECTORS_HIGH_AT = 0x74;
    private static final int OWNER_HIGH_AT = 0x78;
    private static final int GROUP_HIGH_AT = 0x7A;
    private static final int CHANGED_EXTRA_AT = 0x84;
    private static final int MODIFIED_EXTRA_AT = 0x88;
    private static final int ACCESSED_EXTRA_AT = 0x8C;
    private static final int CREATED_AT = 0x90;
    private static final int CREATED_EXTRA_AT = 0x94;

    private static final int COMPRESSED = 0x4;
    private static final int IMMUTABLE = 0x10;
    private static final int APPEND_ONLY = 0x20;
    private static final int NO_DUMP = 0x40;
    private static final int ENCRYPTED = 0x800;
    private static final int HUGE_FILE = 0x4_0000;
    private static final int VERITY = 0x10_0000;
    private static final int INLINE = 0x1000_0000;
    private static final int CASEFOLD = 0x4000_0000;
    private static final int SECTOR = 512;
    private static final int PERMISSIONS = 0xFFF;
    private static final int NANO_SHIFT = 2;
    private static final int NANOS = 1_000_000_000;

    /** Returns what it is; empty if it is nothing that a volume has. */
    Optional<FileKind> kind() {
        return switch (u16(MODE_AT) >> 12) {
            case 0x1 -> Optional.of(FileKind.PIPE);
            case 0x2 -> Optional.of(FileKind.CHARACTER_DEVICE);
            case 0x4 -> Optional.of(FileKind.DIRECTORY);
            case 0x6 -> Optional.of(FileKind.BLOCK_DEVICE);
            case 0x8 -> Optional.of(FileKind.FILE);
            case 0xA -> Optional.of(FileKind.SYMBOLIC_LINK);
            case 0xC -> Optional.of(FileKind.SOCKET);
            default -> Optional.empty();
        };
    }

    /** Returns {@code i_size}, as {@code ext4_isize} of the kernel takes it. */
    long size() throws FileSystemException {
        long low = u32(SIZE_AT);
        long size = wide || kind().equals(Optional.of(FileKind.FILE)) ? low | (long) bytes.getInt(SIZE_HIGH_AT) << Integer.SIZE : low;
        if (size < 0) {
            throw place.wrong(SIZE_AT, "inode " + number + " has " + Long.toUnsignedString(size) + " bytes");
        }
        return size;
    }

    boolean isInline() {
        return has(INLINE);
    }

    boolean isEncrypted() {
        return has(ENCRYPTED);
    }

    boolean isCaseInsensitive() {
        return has(CASEFOLD);
    }

    boolean isCompressed() {
        return has(COMPRESSED);
    }

    private boolean has(int flag) {
        return (bytes.getInt(FLAGS_AT) & flag) != 0;
    }

    int links() {
        return u16(LINKS_AT);
    }

    /** Returns what it says that its blocks take, in bytes. */
    long allocated(int blockSize) {
        long count = u32(SECTORS_AT);
        if (hugeFiles) {
            count |= (long) u16(SECTORS_HIGH_AT) << Integer.SIZE;
        }
        return count * (hugeFiles && has(HUGE_FILE) ? blockSize : SECTOR);
    }

    PosixAttributes posix() {
        return new PosixAttributes(u16(MODE_AT) & PERMISSIONS, u16(OWNER_AT) | (long) u16(OWNER_HIGH_AT) << Short.SIZE,
                u16(GROUP_AT) | (long) u16(GROUP_HIGH_AT) << Short.SIZE);
    }

    Set<FileFlag> flags() {
        Set<FileFlag> flags = EnumSet.noneOf(FileFlag.class);
        add(flags, IMMUTABLE, FileFlag.IMMUTABLE);
        add(flags, APPEND_ONLY, FileFlag.APPEND_ONLY);
        add(flags, NO_DUMP, FileFlag.NO_DUMP);
        add(flags, ENCRYPTED, FileFlag.ENCRYPTED);
        add(flags, COMPRESSED, FileFlag.COMPRESSED);
        add(flags, VERITY, FileFlag.VERITY);
        add(flags, CASEFOLD, FileFlag.CASE_INSENSITIVE);
        return flags;
    }

    private void add(Set<FileFlag> flags, int bit, FileFlag flag) {
        if (has(bit)) {
            flags.add(flag);
        }
    }

    FileTimes times() {
        Optional<FileTimestamp> created = hasExtra(CREATED_AT) ? Optional.of(time(CREATED_AT, CREATED_EXTRA_AT)) : Optional.empty();
        return new FileTimes(Optional.of(time(MODIFIED_AT, MODIFIED_EXTRA_AT)), Optional.of(time(ACCESSED_AT, ACCESSED_EXTRA_AT)),
                Optional.of(time(CHANGED_AT, CHANGED_EXTRA_AT)), created);
    }

    /** "Inode Timestamps": 32 bits with a sign, and where there is room two more that count further on, and nanoseconds. */
    private FileTimestamp time(int at, int extraAt) {
        long seconds = bytes.getInt(at);
        if (!hasExtra(extraAt)) {
            return new FileTimestamp(Instant.ofEpochSecond(seconds), Duration.ofSeconds(1), false);
        }
        long extra = u32(extraAt);
        long nanos = extra >>> NANO_SHIFT;
        return new FileTimestamp(Instant.ofEpochSecond(seconds + ((extra & 3) << Integer.SIZE), nanos < NANOS ? nanos : 0),
                Duration.ofNanos(1), false);
    }

    /** Says whether the field of four bytes at {@code at}, behind the first 128, is there. */
    private boolean hasExtra(int at) {
        return bytes.limit() > OLD_LENGTH && at + Integer.BYTES <= OLD_LENGTH + u16(EXTRA_LENGTH_AT) && at + Integer.BYTES <= bytes.limit();
    }

    /** Returns the numbers of a device, as {@code ext4_iget} of the kernel takes them. */
    DeviceNumbers device() {
        int old = blocks.root().getInt(0);
        if (old != 0) {
            return new DeviceNumbers(old >>> 8 & 0xFF, old & 0xFF);
        }
        int number = blocks.root().getInt(Integer.BYTES);
        return new DeviceNumbers((number & 0xFFF00) >>> 8, number & 0xFF | number >>> 12 & 0xFFF00);
    }

    private int u16(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
