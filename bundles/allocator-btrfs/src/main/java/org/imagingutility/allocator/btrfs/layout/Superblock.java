package org.imagingutility.allocator.btrfs.layout;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.checksum.ChecksumType;
import org.imagingutility.api.allocator.FileSystemInfo;

/**
 * What a superblock says, checked ({@code struct btrfs_super_block}; {@code SuperblockParser} reads it). Immutable.
 *
 * @param fsid UUID of the file system
 * @param metadataUuid UUID that nodes have; the same unless it was changed afterwards
 * @param features what is special about it
 * @param generation number of the last transaction
 * @param roots the tree of roots
 * @param chunks the chunk tree
 * @param log the tree of logs, if there is one
 * @param bytesUsed bytes of all extents, each counted once however many copies it has
 * @param deviceCount number of devices
 * @param sectorSize unit of data in bytes
 * @param nodeSize bytes of a node
 * @param checksum how nodes are summed
 * @param device the device that this superblock stands on
 * @param label label, empty if none
 * @param systemChunks the chunks that the chunk tree lies in, as they stand there; not to be changed
 */
public record Superblock(UUID fsid, UUID metadataUuid, Features features, long generation, TreeRoot roots, TreeRoot chunks,
        Optional<TreeRoot> log, long bytesUsed, long deviceCount, int sectorSize, int nodeSize, ChecksumType checksum,
        DeviceItem device, String label, ByteBuffer systemChunks) {
    /** Where the superblock stands. */
    public static final long OFFSET = 64L << 10;
    /** Bytes of a superblock. */
    public static final int LENGTH = 4096;
    /** Byte of the magic. */
    public static final int MAGIC_AT = 0x40;
    /** Byte of the address of the tree of logs. */
    public static final int LOG_ROOT_AT = 0x60;
    /** Byte of the array of chunks. */
    public static final int SYSTEM_CHUNKS_AT = 0x32B;

    /** Returns the places of the superblock and its copies, those on the device first. */
    public static long[] places() {
        return new long[] {OFFSET, 64L << 20, 256L << 30};
    }

    /** Returns what users know of the file system; the size is that of its part on this device. */
    public FileSystemInfo info() {
        return new FileSystemInfo("btrfs", label, fsid.toString(), sectorSize, device.totalBytes() / sectorSize);
    }
}
