package org.imagingutility.device.volume;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.ControlCode;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.ErrorCode;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.NativeBuffer;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;

/**
 * What Windows has in use on a mounted volume ({@code FSCTL_GET_VOLUME_BITMAP}, which its drivers of NTFS, FAT, exFAT and ReFS answer),
 * asked for in pieces.
 */
final class VolumeClusters implements ClustersInUse {
    /** {@code NTFS_VOLUME_DATA_BUFFER}: {@code TotalClusters} and {@code BytesPerCluster}. */
    static final int NTFS_DATA_SIZE = 96;
    static final int NTFS_TOTAL_CLUSTERS = 16;
    static final int NTFS_BYTES_PER_CLUSTER = 44;
    /** {@code VOLUME_BITMAP_BUFFER}: cluster of the first bit, number of clusters from there on, bits. */
    static final int BITMAP_START = 0;
    static final int BITMAP_SIZE = 8;
    static final int BITMAP_BITS = 16;
    private static final int PIECE_BYTES = 64 << 10;
    private static final int MOST_CLUSTER = 1 << 26;

    private final String reference;
    private final DeviceHandle handle;
    private final Layout layout;

    /**
     * Where the clusters are.
     *
     * @param fileSystem as Windows names it
     * @param clusterSize bytes
     * @param first byte offset of cluster 0
     * @param count number of clusters
     */
    record Layout(String fileSystem, int clusterSize, long first, long count) {
    }

    private VolumeClusters(String reference, DeviceHandle handle, Layout layout) {
        this.reference = reference;
        this.handle = handle;
        this.layout = layout;
    }

    /**
     * Asks for the clusters of an open volume; empty if its file system does not tell, or there is none.
     *
     * @param root the folder that the file system is entered by, with the backslash
     * @throws DeviceException if what Windows says cannot be
     */
    static Optional<ClustersInUse> of(String reference, DeviceHandle handle, String root, long deviceLength) throws ImagingException {
        try {
            String byRoot = new VolumeNames(handle.kernel()).fileSystem(root);
            // not each system lets a snapshot be entered by a root
            String fileSystem = byRoot.isEmpty() ? handle.fileSystem() : byRoot;
            Optional<Layout> layout = fileSystem.isEmpty() ? Optional.empty() : layout(handle, root, fileSystem);
            if (layout.isEmpty()) {
                return Optional.empty();
            }
            Layout found = layout.get();
            boolean fits = found.clusterSize > 0 && found.clusterSize <= MOST_CLUSTER && found.first >= 0 && found.first <= deviceLength
                    && found.count > 0 && found.count <= (deviceLength - found.first) / found.clusterSize;
            if (!fits) {
                throw new DeviceException(reference, -1, "Windows says that it has " + found + ", the volume has " + deviceLength
                        + " bytes", null, null);
            }
            return Optional.of(new VolumeClusters(reference, handle, found));
        } catch (WindowsException e) {
            throw WindowsErrors.reading(reference, -1, e);
        }
    }

    private static Optional<Layout> layout(DeviceHandle handle, String root, String fileSystem) throws WindowsException {
        Kernel32 kernel = handle.kernel();
        NativeBuffer ntfs = NativeBuffer.of(kernel, NTFS_DATA_SIZE);
        // newer ones have more to say, which is not asked for
        if (answered(handle, ControlCode.FSCTL_GET_NTFS_VOLUME_DATA, null, ntfs) >= NTFS_BYTES_PER_CLUSTER + Integer.BYTES) {
            return Optional.of(new Layout(fileSystem, ntfs.bytes().getInt(NTFS_BYTES_PER_CLUSTER), 0,
                    ntfs.bytes().getLong(NTFS_TOTAL_CLUSTERS)));
        }
        NativeBuffer base = NativeBuffer.of(kernel, Long.BYTES);
        NativeBuffer start = NativeBuffer.of(kernel, Long.BYTES);
        NativeBuffer bitmap = NativeBuffer.of(kernel, BITMAP_BITS + Long.BYTES);
        if (answered(handle, ControlCode.FSCTL_GET_RETRIEVAL_POINTER_BASE, null, base) < Long.BYTES
                || answered(handle, ControlCode.FSCTL_GET_VOLUME_BITMAP, start, bitmap) < BITMAP_BITS) {
            return Optional.empty();
        }
        Optional<VolumeNames.Allocation> units = new VolumeNames(kernel).allocation(root);
        if (units.isEmpty() || base.bytes().getLong(0) < 0 || base.bytes().getLong(0) > Long.MAX_VALUE / units.get().sectorSize()) {
            return Optional.empty();
        }
        return Optional.of(new Layout(fileSystem, units.get().clusterSize(), base.bytes().getLong(0) * units.get().sectorSize(),
                bitmap.bytes().getLong(BITMAP_SIZE)));
    }

    /** Returns how many bytes were answered, -1 if the question is not known. */
    private static int answered(DeviceHandle handle, ControlCode code, NativeBuffer in, NativeBuffer out) throws WindowsException {
        try {
            return handle.ask(code, in, out).length();
        } catch (WindowsException e) {
            if (e.code() == ErrorCode.INVALID_FUNCTION || e.code() == ErrorCode.NOT_SUPPORTED || e.code() == ErrorCode.INVALID_PARAMETER
                    || e.code() == ErrorCode.UNRECOGNIZED_VOLUME) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public String fileSystem() {
        return layout.fileSystem;
    }

    @Override
    public int clusterSize() {
        return layout.clusterSize;
    }

    @Override
    public long firstClusterOffset() {
        return layout.first;
    }

    @Override
    public long clusterCount() {
        return layout.count;
    }

    @Override
    public long read(long firstCluster, ByteBuffer target) throws ImagingException {
        long rest = layout.count - firstCluster;
        if (firstCluster < 0 || firstCluster % Byte.SIZE != 0 || rest <= 0 || !target.hasRemaining()) {
            throw new IllegalArgumentException("clusters from " + firstCluster + " of " + layout.count + " into " + target);
        }
        int room = (int) Math.min(Math.min(target.remaining(), PIECE_BYTES), (rest - 1) / Byte.SIZE + 1);
        NativeBuffer start = NativeBuffer.of(handle.kernel(), Long.BYTES);
        start.bytes().putLong(0, firstCluster);
        // at least as much as the structure has, whatever is asked for
        NativeBuffer out = NativeBuffer.of(handle.kernel(), BITMAP_BITS + Math.max(room, Long.BYTES));
        int length;
        try {
            length = handle.ask(ControlCode.FSCTL_GET_VOLUME_BITMAP, start, out).length();
        } catch (WindowsException e) {
            throw WindowsErrors.reading(reference, -1, e);
        }
        long begin = out.bytes().getLong(BITMAP_START);
        long left = out.bytes().getLong(BITMAP_SIZE);
        int bytes = Math.min(room, length - BITMAP_BITS);
        if (bytes <= 0 || begin != firstCluster || left != rest) {
            throw new DeviceException(reference, -1, "Windows was asked for clusters from " + firstCluster + " of " + layout.count
                    + " on and answered " + length + " bytes: clusters from " + begin + " on, " + left + " up to the end", null, null);
        }
        target.put(out.bytes().slice(BITMAP_BITS, bytes));
        return Math.min(rest, (long) bytes * Byte.SIZE);
    }
}
