package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;

/** A partition as a device: a range of its disk, for reading only. Closes the disk. As safe for threads as the disk. */
public final class PartitionDevice implements Device {
    private static final int MAX_BUFFER_ALIGNMENT = 4096;

    private final Device disk;
    private final long start;
    private final DeviceInfo info;

    private PartitionDevice(Device disk, long start, DeviceInfo info) {
        this.disk = disk;
        this.start = start;
        this.info = info;
    }

    /**
     * Makes a device of a partition. The disk stays open if that fails.
     *
     * @param disk the disk
     * @param table the table the partition stands in
     * @param partition the partition
     * @throws DeviceException if it has no content of its own, or does not lie in whole sectors on the disk
     */
    public static PartitionDevice of(Device disk, PartitionTable table, Partition partition) throws DeviceException {
        String reference = new PartitionReference(disk.info().reference(), partition.number()).text();
        if (partition.role() == PartitionRole.EXTENDED) {
            throw refused(reference, "is an extended partition, which only holds logical ones", "name one of these; they are"
                    + " numbered from 5 on");
        }
        if (partition.end() > disk.length()) {
            throw refused(reference, "ends at byte " + partition.end() + " of the disk, which has " + disk.length()
                    + " bytes: the table is wrong, or the disk was cut", "image the disk as a whole");
        }
        int sectorSize = disk.sectorSize();
        if (partition.offset() % sectorSize != 0
                || partition.length() % sectorSize != 0 && partition.end() != disk.length()) {
            throw refused(reference, "lies at bytes " + partition.offset() + " to " + (partition.end() - 1)
                    + ", which are no whole sectors of " + sectorSize + " bytes", "image the disk as a whole");
        }
        return new PartitionDevice(disk, partition.offset(), new DeviceInfo(reference,
                disk.info().kind() == DeviceKind.SNAPSHOT ? DeviceKind.SNAPSHOT : DeviceKind.PARTITION,
                partition.length(), Math.max(sectorSize, table.sectorSize()), partition.name(),
                Optional.of(disk.info().reference()), List.of(), true));
    }

    /**
     * Makes a device of a range of a disk that is no partition of its table. The disk stays open if that fails.
     *
     * @param offset first byte, of a sector of the disk
     * @param length bytes, whole sectors or up to the end of the disk
     */
    public static PartitionDevice ofRange(Device disk, long offset, long length) throws DeviceException {
        String reference = disk.info().reference() + " from byte " + offset;
        int sectorSize = disk.sectorSize();
        if (offset < 0 || length < 0 || length > disk.length() - offset || offset % sectorSize != 0
                || length % sectorSize != 0 && offset + length != disk.length()) {
            throw refused(reference, length + " bytes are no whole sectors of the disk", null);
        }
        return new PartitionDevice(disk, offset, new DeviceInfo(reference, DeviceKind.PARTITION, length, sectorSize, "",
                Optional.of(disk.info().reference()), List.of(), true));
    }

    private static DeviceException refused(String reference, String reason, String remedy) {
        return new DeviceException(reference, -1, reason, remedy, null);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        check(offset, target);
        try {
            disk.read(start + offset, target);
        } catch (DeviceException e) {
            throw ofPartition(e);
        }
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        check(offset, target);
        try {
            disk.readDirectly(start + offset, target);
        } catch (DeviceException e) {
            throw ofPartition(e);
        }
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        try {
            return Math.min(info.length(), disk.nextData(start + offset) - start);
        } catch (DeviceException e) {
            throw ofPartition(e);
        }
    }

    /** {@inheritDoc} A frozen disk knows what is said of the volumes on it. */
    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        try {
            Device read = disk instanceof GuardedDevice guarded ? guarded.unguarded() : disk;
            return read instanceof FrozenDisk frozen ? frozen.clustersInUse(start, info.length()) : Optional.empty();
        } catch (DeviceException e) {
            throw ofPartition(e);
        }
    }

    /** Who reads a partition counts from its beginning, in errors too. */
    private DeviceException ofPartition(DeviceException e) {
        long offset = e.offset() < start ? -1 : e.offset() - start;
        String remedy = e.remedy().orElse(null);
        return e.isDeviceChanged() ? DeviceException.deviceChanged(info.reference(), offset, e.getMessage(), remedy, e)
                : new DeviceException(info.reference(), offset, e.getMessage(), remedy, e);
    }

    private void check(long offset, ByteBuffer target) {
        int length = target.remaining();
        int sectorSize = info.sectorSize();
        if (offset < 0 || offset > info.length() - length) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " is outside the partition of "
                    + info.length() + " bytes");
        }
        if (offset % sectorSize != 0 || length % sectorSize != 0 && offset + length != info.length()) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " are no whole sectors of " + sectorSize);
        }
        if (!target.isDirect() || target.alignmentOffset(target.position(), Math.min(sectorSize, MAX_BUFFER_ALIGNMENT)) != 0) {
            throw new IllegalArgumentException("the buffer is not direct or not aligned");
        }
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        disk.cancelRead(target);
    }

    @Override
    public void close() throws ImagingException {
        disk.close();
    }
}
