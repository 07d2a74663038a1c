package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;

/** Guards a {@link Device}: a read that does less than it was asked to is an error. */
final class CheckedDevice implements Device {
    private final GuardedPlugin plugin;
    private final Device device;
    private final DeviceInfo info;

    CheckedDevice(GuardedPlugin plugin, Device device) throws PluginException {
        this.plugin = plugin;
        this.device = device;
        this.info = checked(plugin, device);
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
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        int length = target.remaining();
        try {
            device.read(offset, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Device.read", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("Device.read", "of " + length + " bytes at " + offset + " left the buffer at position "
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
            throw plugin.failed("Device.readDirectly", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("Device.readDirectly", "of " + length + " bytes at " + offset + " left the buffer at position "
                    + target.position() + " of " + target.limit() + ", expected " + end);
        }
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        try {
            return plugin.inRange("Device.nextData", device.nextData(offset), offset, Math.max(offset, info.length()));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Device.nextData", e);
        }
    }

    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return clusters(plugin, device, info.length());
    }

    /** Asks a device for what is in use on it. */
    static Optional<ClustersInUse> clusters(GuardedPlugin plugin, Device device, long length) throws ImagingException {
        Optional<ClustersInUse> clusters;
        try {
            clusters = plugin.present("Device.clustersInUse", device.clustersInUse());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Device.clustersInUse", e);
        }
        return clusters.isEmpty() ? clusters : Optional.of(CheckedClusters.of(plugin, clusters.get(), length));
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        cancel(plugin, device, target);
    }

    /** Has a device end a read. */
    static void cancel(GuardedPlugin plugin, Device device, ByteBuffer target) {
        try {
            device.cancelRead(target);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("Device.cancelRead", e);
        }
    }

    @Override
    public List<VolumeOnDisk> volumes() throws ImagingException {
        return volumes(plugin, device, info.length());
    }

    @Override
    public List<VolumeOnDisk> volumeParts() throws ImagingException {
        return volumeParts(plugin, device, info.length());
    }

    /** Asks a device for the volumes on it. */
    static List<VolumeOnDisk> volumes(GuardedPlugin plugin, Device device, long length) throws ImagingException {
        String method = "Device.volumes";
        try {
            List<VolumeOnDisk> volumes = within(plugin, method, device.volumes(), length);
            Set<String> named = new HashSet<>();
            for (VolumeOnDisk volume : volumes) {
                if (!named.add(volume.reference())) {
                    throw plugin.violated(method, "returned the volume " + volume.reference() + " more than once");
                }
            }
            return volumes;
        } catch (RuntimeException | Error e) {
            throw plugin.failed(method, e);
        }
    }

    /** Asks a device for the ranges of volumes that lie elsewhere as well. */
    static List<VolumeOnDisk> volumeParts(GuardedPlugin plugin, Device device, long length) throws ImagingException {
        String method = "Device.volumeParts";
        try {
            return within(plugin, method, device.volumeParts(), length);
        } catch (RuntimeException | Error e) {
            throw plugin.failed(method, e);
        }
    }

    private static List<VolumeOnDisk> within(GuardedPlugin plugin, String method, List<VolumeOnDisk> found, long length)
            throws PluginException {
        List<VolumeOnDisk> places = plugin.complete(method, found);
        for (VolumeOnDisk place : places) {
            if (place.end() > length) {
                throw plugin.violated(method, "returned " + place + " on a device of " + length + " bytes");
            }
        }
        return places;
    }

    @Override
    public void close() throws ImagingException {
        try {
            device.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Device.close", e);
        }
    }

    /** What is known of a device does not change while it is open, so it is asked once. */
    static DeviceInfo checked(GuardedPlugin plugin, Device device) throws PluginException {
        DeviceInfo info = plugin.present("Device.info", device.info());
        if (device.length() != info.length() || device.sectorSize() != info.sectorSize()) {
            throw plugin.violated("Device.length and sectorSize", "returned " + device.length() + " and " + device.sectorSize()
                    + ", its info says " + info.length() + " and " + info.sectorSize());
        }
        return info;
    }
}
