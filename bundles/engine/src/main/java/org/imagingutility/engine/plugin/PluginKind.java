package org.imagingutility.engine.plugin;

import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.guard.CheckedAllocator;
import org.imagingutility.engine.guard.CheckedBlockServer;
import org.imagingutility.engine.guard.CheckedCodec;
import org.imagingutility.engine.guard.CheckedDeviceProvider;
import org.imagingutility.engine.guard.CheckedFileServer;
import org.imagingutility.engine.guard.CheckedImageStore;
import org.imagingutility.engine.guard.CheckedPartitionTableReader;
import org.imagingutility.engine.guard.CheckedSetFormat;
import org.imagingutility.engine.guard.CheckedSnapshotProvider;
import org.imagingutility.engine.guard.CheckedVirtualDiskFormat;
import org.imagingutility.engine.guard.GuardedPlugin;
import org.imagingutility.engine.guard.blobs.CheckedBlobStoreProvider;
import org.imagingutility.engine.guard.container.CheckedContainerFormat;
import org.imagingutility.engine.guard.files.CheckedFileSystemReader;

/** The kinds of plug-ins. (No method reference for each: linking one for each takes longer than a short command.) */
enum PluginKind {
    DEVICE_PROVIDER("device provider"),
    ALLOCATOR("allocator"),
    CODEC("codec"),
    CONTAINER_FORMAT("container format"),
    IMAGE_STORE("image store"),
    PARTITION_TABLE("partition table"),
    VIRTUAL_DISK("virtual disk"),
    SET_FORMAT("set format"),
    SNAPSHOT_PROVIDER("snapshot provider"),
    BLOCK_SERVER("block server"),
    FILE_SERVER("file server"),
    FILE_SYSTEM_READER("file system reader"),
    BLOB_STORE("blob store");

    private final String label;

    PluginKind(String label) {
        this.label = label;
    }

    /** Returns what plug-ins of this kind are called. */
    String label() {
        return label;
    }

    /** Returns the name of {@code plugin}, which is of this kind. */
    String nameOf(Object plugin) {
        return switch (this) {
            case DEVICE_PROVIDER -> ((DeviceProvider) plugin).name();
            case ALLOCATOR -> ((Allocator) plugin).name();
            case CODEC -> ((Codec) plugin).name();
            case CONTAINER_FORMAT -> ((ContainerFormat) plugin).name();
            case IMAGE_STORE -> ((ImageStore) plugin).name();
            case PARTITION_TABLE -> ((PartitionTableReader) plugin).name();
            case VIRTUAL_DISK -> ((VirtualDiskFormat) plugin).name();
            case SET_FORMAT -> ((SetFormat) plugin).name();
            case SNAPSHOT_PROVIDER -> ((SnapshotProvider) plugin).name();
            case BLOCK_SERVER -> ((BlockServer) plugin).name();
            case FILE_SERVER -> ((FileServer) plugin).name();
            case FILE_SYSTEM_READER -> ((FileSystemReader) plugin).name();
            case BLOB_STORE -> ((BlobStoreProvider) plugin).name();
        };
    }

    /** Says whether {@code plugin}, which is of this kind, takes references of any form. */
    boolean takesAny(Object plugin) {
        return switch (this) {
            case DEVICE_PROVIDER -> ((DeviceProvider) plugin).acceptsAny();
            case IMAGE_STORE -> ((ImageStore) plugin).acceptsAny();
            case SNAPSHOT_PROVIDER -> ((SnapshotProvider) plugin).acceptsAny();
            case BLOB_STORE -> ((BlobStoreProvider) plugin).acceptsAny();
            default -> false;
        };
    }

    /**
     * Returns {@code plugin}, which is of this kind, behind its guard.
     *
     * @param own whether it is one of this project; what a codec of others compresses is decompressed and compared at once
     * @throws PluginException if it says something impossible of itself
     */
    Object guarded(GuardedPlugin named, Object plugin, boolean own) throws PluginException {
        return switch (this) {
            case DEVICE_PROVIDER -> new CheckedDeviceProvider(named, (DeviceProvider) plugin, takesAny(plugin));
            case ALLOCATOR -> new CheckedAllocator(named, (Allocator) plugin);
            case CODEC -> new CheckedCodec(named, (Codec) plugin, !own);
            case CONTAINER_FORMAT -> new CheckedContainerFormat(named, (ContainerFormat) plugin);
            case IMAGE_STORE -> new CheckedImageStore(named, (ImageStore) plugin, takesAny(plugin));
            case PARTITION_TABLE -> new CheckedPartitionTableReader(named, (PartitionTableReader) plugin);
            case VIRTUAL_DISK -> new CheckedVirtualDiskFormat(named, (VirtualDiskFormat) plugin);
            case SET_FORMAT -> new CheckedSetFormat(named, (SetFormat) plugin);
            case SNAPSHOT_PROVIDER -> new CheckedSnapshotProvider(named, (SnapshotProvider) plugin, takesAny(plugin));
            case BLOCK_SERVER -> new CheckedBlockServer(named, (BlockServer) plugin);
            case FILE_SERVER -> new CheckedFileServer(named, (FileServer) plugin);
            case FILE_SYSTEM_READER -> new CheckedFileSystemReader(named, (FileSystemReader) plugin);
            case BLOB_STORE -> new CheckedBlobStoreProvider(named, (BlobStoreProvider) plugin, takesAny(plugin));
        };
    }
}
