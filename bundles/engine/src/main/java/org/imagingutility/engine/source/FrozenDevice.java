package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.snapshot.Snapshot;

/** The frozen view of a device, under the name of that device. Used by several threads at once, as the view is. */
final class FrozenDevice implements Device {
    private final Device view;
    private final Snapshot snapshot;
    private final DeviceInfo info;

    /** Shows {@code view} as {@code reference}; both it and its snapshot are closed with this. */
    FrozenDevice(Device view, Snapshot snapshot, String reference) {
        this.view = view;
        this.snapshot = snapshot;
        DeviceInfo seen = view.info();
        this.info = new DeviceInfo(reference, DeviceKind.SNAPSHOT, seen.length(), seen.sectorSize(), seen.label(),
                seen.parent(), List.of(), true);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        view.read(offset, target);
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        view.readDirectly(offset, target);
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        return view.nextData(offset);
    }

    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return view.clustersInUse();
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        view.cancelRead(target);
    }

    @Override
    public void close() throws ImagingException {
        try {
            view.close();
        } finally {
            snapshot.close();
        }
    }
}
