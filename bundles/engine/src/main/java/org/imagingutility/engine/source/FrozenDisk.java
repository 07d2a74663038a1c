package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * A disk whose volumes are frozen: where one of them lies its frozen view is read, anywhere else the disk itself. Used by several threads
 * at once, as these are.
 */
final class FrozenDisk implements Device {
    private final Device disk;
    private final TreeMap<Long, View> views = new TreeMap<>();
    private final DeviceInfo info;

    /** A frozen view, and where its volume lies. */
    private record View(long offset, long end, Device device) {
    }

    /** Reads one of the devices. */
    private interface Reader {
        void read(Device device, long offset, ByteBuffer target) throws ImagingException;
    }

    /**
     * Creates it; closes all of them when it is closed, and nothing if this fails.
     *
     * @param disk the disk
     * @param frozen the frozen views by their volumes, none of which overlaps another
     * @throws DeviceException if a view does not fit the place of its volume
     */
    FrozenDisk(Device disk, Map<VolumeOnDisk, Device> frozen) throws DeviceException {
        this.disk = disk;
        for (Map.Entry<VolumeOnDisk, Device> each : frozen.entrySet()) {
            VolumeOnDisk volume = each.getKey();
            Device view = each.getValue();
            if (volume.offset() % disk.sectorSize() != 0 || view.sectorSize() > disk.sectorSize()) {
                throw new DeviceException(volume.reference(), -1, "its frozen view has sectors of " + view.sectorSize() + " bytes, and lies at byte "
                        + volume.offset() + " of a disk with sectors of " + disk.sectorSize(), "image the volume by itself", null);
            }
            long length = Math.min(volume.length(), view.length());
            views.put(volume.offset(), new View(volume.offset(), volume.offset() + length / disk.sectorSize() * disk.sectorSize(), view));
        }
        DeviceInfo seen = disk.info();
        this.info = new DeviceInfo(seen.reference(), DeviceKind.SNAPSHOT, seen.length(), seen.sectorSize(), seen.label(), seen.parent(), List.of(),
                true);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        read(offset, target, Device::read);
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        read(offset, target, Device::readDirectly);
    }

    private void read(long offset, ByteBuffer target, Reader reader) throws ImagingException {
        if (views.isEmpty()) {
            reader.read(disk, offset, target);
            return;
        }
        int limit = target.limit();
        long at = offset;
        do {
            View view = viewAt(at);
            long end = endAt(at, view);
            int length = (int) Math.min(limit - target.position(), end - at);
            target.limit(target.position() + length);
            try {
                if (view == null) {
                    reader.read(disk, at, target);
                } else {
                    readView(view, at - view.offset(), target, reader);
                }
            } finally {
                target.limit(limit);
            }
            at += length;
        } while (target.hasRemaining());
    }

    /** Returns the view that a byte of the disk lies in; null if it lies in none. */
    private View viewAt(long offset) {
        Map.Entry<Long, View> before = views.floorEntry(offset);
        return before != null && offset < before.getValue().end() ? before.getValue() : null;
    }

    /** Returns where the view, or the space without one, ends that a byte lies in; behind the last view there is no end. */
    private long endAt(long offset, View view) {
        Long next = views.higherKey(offset);
        return view != null ? view.end() : next == null ? Long.MAX_VALUE : next;
    }

    private void readView(View view, long offset, ByteBuffer target, Reader reader) throws ImagingException {
        try {
            reader.read(view.device(), offset, target);
        } catch (DeviceException e) {
            throw onDisk(e, view);
        }
    }

    /** Who reads a disk counts from its beginning, in errors too. */
    private DeviceException onDisk(DeviceException e, View view) {
        long at = e.offset() < 0 ? -1 : e.offset() + view.offset();
        String remedy = e.remedy().orElse(null);
        return e.isDeviceChanged() ? DeviceException.deviceChanged(info.reference(), at, e.getMessage(), remedy, e)
                : new DeviceException(info.reference(), at, e.getMessage(), remedy, e);
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        long at = offset;
        while (at < info.length()) {
            View view = viewAt(at);
            long end = Math.min(info.length(), endAt(at, view));
            long data = view == null ? disk.nextData(at) : dataOfView(view, at - view.offset()) + view.offset();
            if (data < end) {
                return data;
            }
            at = end;
        }
        return at;
    }

    private long dataOfView(View view, long offset) throws ImagingException {
        try {
            return view.device().nextData(offset);
        } catch (DeviceException e) {
            throw onDisk(e, view);
        }
    }

    /** {@inheritDoc} That is what a frozen volume says which is all of the disk, one without a partition table. */
    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return clustersInUse(0, info.length());
    }

    /**
     * Returns what is said of the clusters of the frozen volume that lies in a range; empty if none begins there, or its clusters do
     * not fit into it. Their offsets count from the beginning of the range.
     *
     * @param offset the first byte of the range on the disk
     * @param length its bytes
     */
    Optional<ClustersInUse> clustersInUse(long offset, long length) throws ImagingException {
        View view = views.get(offset);
        if (view == null) {
            return Optional.empty();
        }
        long most = Math.min(length, view.end() - offset);
        try {
            return view.device().clustersInUse().filter(clusters -> clusters.firstClusterOffset() <= most
                    && clusters.clusterCount() <= (most - clusters.firstClusterOffset()) / clusters.clusterSize());
        } catch (DeviceException e) {
            throw onDisk(e, view);
        }
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        disk.cancelRead(target);
        views.values().forEach(view -> view.device().cancelRead(target));
    }

    @Override
    public void close() throws ImagingException {
        List<Device> all = new ArrayList<>(views.values().stream().map(View::device).toList());
        all.add(disk);
        closeAll(all);
    }

    /** Closes all devices; throws the first error. */
    static void closeAll(List<Device> devices) throws ImagingException {
        ImagingException first = null;
        for (Device device : devices) {
            try {
                device.close();
            } catch (ImagingException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
