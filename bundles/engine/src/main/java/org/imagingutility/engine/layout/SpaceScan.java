package org.imagingutility.engine.layout;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.PartitionDevice;
import org.imagingutility.engine.source.DiskTable;

/**
 * Reads all of a range of a disk and says whether it may be left out: not where something lies in it that an allocator or a
 * reader of partition tables knows. They are asked where partitions begin (each MiB, see {@code libfdisk}: 1 MiB is the usual
 * grain) and wherever a sector looks like the beginning of something. For one thread.
 */
final class SpaceScan {
    private static final int GRAIN = 1 << 20;
    private static final int SECTOR = 512;
    private static final int PAGE = 4096;
    /** Bytes that signatures are looked for in before all that follows is taken for one volume. */
    private static final long BEGIN = 8L << 20;
    /** The last two bytes of boot sectors and boot records. */
    private static final short BOOT_SIGNATURE = (short) 0xAA55;
    /** s_magic of ext2, ext3 and ext4: in the third sector of a volume (Linux, Documentation/filesystems/ext4). */
    private static final short EXT_MAGIC = (short) 0xEF53;
    private static final int EXT_MAGIC_AT = 56;
    private static final int EXT_SUPERBLOCK_AT = 1024;
    /**
     * The first bytes of sectors, read as big-endian numbers, that tell of something wherever they stand: superblocks of XFS and
     * md, the label of an LVM physical volume (which stands in its second sector), headers of LUKS and GPT.
     */
    private static final int[] MAGIC = {0x58465342, 0xFC4E2BA9, 0x4C414245, 0x4C554B53, 0x45464920};
    private static final List<String> MAGIC_NAMES = List.of("a superblock of XFS", "a superblock of a RAID member",
            "a label of LVM", "a header of LUKS", "a header of a GPT");

    private final Plugins plugins;
    private final Device disk;
    private final Throttle throttle;
    private final Watch watch;
    private final ByteBuffer block = ByteBuffer.allocateDirect(GRAIN + PAGE).alignedSlice(PAGE);
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(GRAIN);

    /** Is told how far a scan is, and ends it. */
    interface Watch {
        /** Says that so many bytes more were read; fails if the job is to end. */
        void read(long bytes) throws ImagingException;
    }

    SpaceScan(Plugins plugins, Device disk, Throttle throttle, Watch watch) {
        this.plugins = plugins;
        this.disk = disk;
        this.throttle = throttle;
        this.watch = watch;
    }

    /**
     * What was found.
     *
     * @param content whether there are zeros only
     * @param known what is known to lie there, a part of a sentence; empty if nothing is
     */
    record Found(LeftOut.Content content, Optional<String> known) {
    }

    /** Reads the range, as far as needed to find something known in it, and as far as the device does not know that it is zeros. */
    Found in(long offset, long end) throws ImagingException {
        LeftOut.Content content = LeftOut.Content.ZEROS;
        for (long at = offset; at < end; ) {
            long data = wholeBlocks(at, Math.min(end, disk.nextData(at)));
            if (data > at) {
                watch.read(data - at);
                at = data;
                continue;
            }
            int bytes = (int) Math.min(GRAIN - at % GRAIN, end - at);
            throttle.take(bytes);
            try {
                disk.read(at, block.clear().limit(bytes));
            } catch (DeviceException e) {
                if (e.isDeviceChanged()) {
                    throw e;
                }
                return new Found(LeftOut.Content.UNKNOWN, Optional.of("something that cannot be read (" + e.getMessage() + ")"));
            }
            block.flip();
            if (block.mismatch(zeros.clear().limit(bytes)) >= 0) {
                content = LeftOut.Content.DATA;
                Optional<String> known = known(at, offset, end);
                if (known.isPresent()) {
                    return new Found(content, known);
                }
            }
            watch.read(bytes);
            at += bytes;
        }
        return new Found(content, Optional.empty());
    }

    /** Returns up to where known zeros are passed over: only blocks that are all of them, so that the others are read as ever. */
    private static long wholeBlocks(long at, long data) {
        long block = data - data % GRAIN;
        return block > at ? block : at;
    }

    /** Looks at the block that was read from byte {@code at} on. */
    private Optional<String> known(long at, long offset, long end) throws ImagingException {
        Optional<String> known = at == offset || at % GRAIN == 0 ? asked(at, end) : Optional.empty();
        for (int sector = 0; known.isEmpty() && sector + SECTOR <= block.limit(); sector += SECTOR) {
            known = magic(at, sector);
            // a big-endian buffer: the bytes stand as they are read
            if (known.isEmpty() && Short.reverseBytes(block.getShort(sector + SECTOR - Short.BYTES)) == BOOT_SIGNATURE) {
                known = asked(at + sector, end);
            }
            if (known.isEmpty() && Short.reverseBytes(block.getShort(sector + EXT_MAGIC_AT)) == EXT_MAGIC
                    && at + sector - EXT_SUPERBLOCK_AT >= offset) {
                known = asked(at + sector - EXT_SUPERBLOCK_AT, end);
            }
        }
        return known;
    }

    private Optional<String> magic(long at, int sector) {
        int first = block.getInt(sector);
        for (int i = 0; i < MAGIC.length; i++) {
            if (first == MAGIC[i]) {
                return Optional.of(MAGIC_NAMES.get(i) + " at byte " + (at + sector));
            }
        }
        return Optional.empty();
    }

    /**
     * Says whether what lies at {@code at} looks like something. Only its begin is looked at: places are many, and the end of
     * a large gap, where some have their signatures, is far away.
     */
    private boolean mayBegin(long at, long end) throws ImagingException {
        try {
            return ProbeResult.find(plugins, PartitionDevice.ofRange(disk, at, Math.min(end - at, BEGIN))).isPresent();
        } catch (FileSystemException e) {
            return true;
        }
    }

    private Optional<String> asked(long at, long end) throws ImagingException {
        if (at % disk.sectorSize() != 0) {
            return Optional.empty();
        }
        Device slice = PartitionDevice.ofRange(disk, at, end - at);
        try {
            Optional<ProbeResult> known = mayBegin(at, end) ? ProbeResult.find(plugins, slice)
                    : Optional.empty();
            if (known.isPresent()) {
                return Optional.of(known.get().allocation().info().fileSystem() + " at byte " + at);
            }
            Optional<DiskTable> table = DiskTable.read(plugins, slice);
            return table.isPresent() && !table.get().table().partitions().isEmpty()
                    ? Optional.of("a partition table at byte " + at) : Optional.empty();
        } catch (FileSystemException | PartitionTableException e) {
            return Optional.of("what looks like a file system or partition table at byte " + at);
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return Optional.of("something that cannot be read (" + e.getMessage() + ")");
        }
    }
}
