package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.ImagingException;

/**
 * A disk that says its sectors have another length, to read a partition table that counts in such. Does not own the disk. For
 * one thread, and a few reads.
 */
public final class SectorView implements Device {
    private final AlignedReader reader;
    private final DeviceInfo info;

    /** Shows {@code disk} with sectors of {@code sectorSize} bytes. */
    public SectorView(Device disk, int sectorSize) {
        DeviceInfo of = disk.info();
        this.reader = new AlignedReader(disk);
        this.info = new DeviceInfo(of.reference(), of.kind(), of.length(), sectorSize, of.label(), of.parent(), of.mountPoints(),
                of.readOnly());
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        target.put(reader.read(offset, target.remaining()));
    }

    @Override
    public void close() {
        // the disk is its owner's
    }
}
