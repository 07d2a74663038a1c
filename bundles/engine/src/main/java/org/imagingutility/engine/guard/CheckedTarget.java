package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;

/** Guards a {@link WritableDevice}: a read or write that does less than it was asked to is an error. */
final class CheckedTarget implements WritableDevice {
    private final GuardedPlugin plugin;
    private final WritableDevice device;
    private final DeviceInfo info;
    private final boolean fresh;

    CheckedTarget(GuardedPlugin plugin, WritableDevice device) throws PluginException {
        this.plugin = plugin;
        this.device = device;
        this.info = CheckedDevice.checked(plugin, device);
        this.fresh = device.fresh();
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public long length() {
        return info.length();
    }

    @Override
    public int sectorSize() {
        return info.sectorSize();
    }

    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return CheckedDevice.clusters(plugin, device, info.length());
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        CheckedDevice.cancel(plugin, device, target);
    }

    @Override
    public List<VolumeOnDisk> volumes() throws ImagingException {
        return CheckedDevice.volumes(plugin, device, info.length());
    }

    @Override
    public List<VolumeOnDisk> volumeParts() throws ImagingException {
        return CheckedDevice.volumeParts(plugin, device, info.length());
    }

    @Override
    public boolean fresh() {
        return fresh;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        int length = target.remaining();
        try {
            device.read(offset, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.read", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("WritableDevice.read", "of " + length + " bytes at " + offset + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        int length = target.remaining();
        try {
            device.readDirectly(offset, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.readDirectly", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("WritableDevice.readDirectly", "of " + length + " bytes at " + offset + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        int end = source.limit();
        int length = source.remaining();
        try {
            device.write(offset, source);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.write", e);
        }
        if (source.position() != end || source.limit() != end) {
            throw plugin.violated("WritableDevice.write", "of " + length + " bytes at " + offset + " left the buffer at position "
                    + source.position() + " of " + source.limit() + ", expected " + end);
        }
    }

    @Override
    public Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
        try {
            Clearing done = plugin.present("WritableDevice.clear", device.clear(offset, length, zeros));
            plugin.inRange("WritableDevice.clear", done.bytes(), 0, length);
            return done;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.clear", e);
        }
    }

    @Override
    public boolean bypassCache(boolean bypass) throws ImagingException {
        try {
            return device.bypassCache(bypass);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.bypassCache", e);
        }
    }

    @Override
    public Optional<String> park() throws ImagingException {
        try {
            return plugin.present("WritableDevice.park", device.park());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.park", e);
        }
    }

    @Override
    public void complete() throws ImagingException {
        try {
            device.complete();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.complete", e);
        }
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        try {
            return plugin.inRange("WritableDevice.nextData", device.nextData(offset), offset, Math.max(offset, info.length()));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.nextData", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            device.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("WritableDevice.close", e);
        }
    }
}
