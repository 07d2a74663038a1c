package org.imagingutility.allocator.ntfs;

import java.util.List;
import org.imagingutility.allocator.ntfs.clusters.BitmapReader;
import org.imagingutility.allocator.ntfs.clusters.RecordsInUse;
import org.imagingutility.allocator.ntfs.clusters.ReservedClusters;
import org.imagingutility.allocator.ntfs.files.FileFinder;
import org.imagingutility.allocator.ntfs.files.RemadeFiles;
import org.imagingutility.allocator.ntfs.state.ChangeMarkers;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ClusterFinder;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.UnitedClusters;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * The clusters in use on one volume, and the files they belong to. Immutable; each cursor, and each look for files, has
 * buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param info what is known of the volume
 * @param boot its boot sector
 * @param mft its master file table
 * @param bitmap its bitmap, with a bit for each cluster
 * @param reserved clusters the bitmap must have in use
 * @param state whether the volume is in order; if not, what records refer to counts as well
 * @param consistent whether nothing says that its records may contradict each other, or that a Windows sleeps on it
 */
record NtfsAllocation(Device device, FileSystemInfo info, BootSector boot, MftTable mft, DataStream bitmap,
        ReservedClusters reserved, VolumeState state, boolean consistent) implements Allocation {

    /** What to do where the volume contradicts itself. */
    static final String REMEDY = "image all blocks instead (--all-blocks)";

    /** Returns the volume with a reader of its own. */
    private Volume volume() {
        return new Volume(new AlignedReader(device), boot, Place.start(device.info().reference(), REMEDY));
    }

    @Override
    public List<String> warnings() {
        return state.inOrder() ? List.of() : List.of(state.notice(info.fileSystem() + " on \"" + device.info().reference()
                + "\"", "shut Windows down in full, or run chkdsk, before an image is made"));
    }

    @Override
    public ExtentCursor extents() {
        if (state.basis() == AllocationBasis.ALL_BLOCKS) {
            return new WholeDevicePass(device.length());
        }
        ClusterFinder recorded = new BitmapReader(new AlignedReader(device), bitmap, boot.clusterCount());
        ClusterFinder finder = state.inOrder() ? recorded : new UnitedClusters(recorded,
                new RecordsInUse(volume(), mft, reserved), 0, boot.clusterCount());
        return new BitmapCursor(this, finder, device.length());
    }

    /** Returns those found first, by number of their records, where more than {@code limit} files are touched. */
    @Override
    public List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
        return new FileFinder(volume(), mft, ranges, limit).find();
    }

    /**
     * {@inheritDoc} Of a volume that was in use a moment ago only a snapshot will do, which Windows makes after it has written
     * everything; of one that Windows has mounted the files that stay as they are while it runs.
     */
    @Override
    public List<TransientFile> transientFiles() throws ImagingException {
        boolean frozen = device.info().kind() == DeviceKind.SNAPSHOT;
        boolean live = !frozen && device.clustersInUse().isPresent();
        boolean settled = state.inOrder() || live || frozen;
        if (!consistent || !settled || state.basis() == AllocationBasis.ALL_BLOCKS && !live) {
            return List.of();
        }
        return new RemadeFiles(volume(), reserved).find(!live);
    }

    @Override
    public ExtentList telltale() throws ImagingException {
        return ChangeMarkers.of(volume(), mft);
    }
}
