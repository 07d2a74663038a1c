package org.imagingutility.engine.plugin;

import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageStore;

/** The kinds of plug-ins. (No method reference for each: linking nine of them takes longer than a short command.) */
enum PluginKind {
    DEVICE_PROVIDER("device provider"),
    ALLOCATOR("allocator"),
    CODEC("codec"),
    CONTAINER_FORMAT("container format"),
    IMAGE_STORE("image store"),
    PARTITION_TABLE("partition table"),
    VIRTUAL_DISK("virtual disk"),
    SET_FORMAT("set format"),
    SNAPSHOT_PROVIDER("snapshot provider");

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
        };
    }
}
