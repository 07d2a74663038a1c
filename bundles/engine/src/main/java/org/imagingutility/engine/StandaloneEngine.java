package org.imagingutility.engine;

import java.util.ServiceLoader;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.plugin.Plugins;

/**
 * The imaging service of a plain module path (or class path), with the plug-ins {@link ServiceLoader} finds:
 * {@code ServiceLoader.load(ImagingService.class).findFirst()}.
 */
public class StandaloneEngine extends Engine {

    /** Finds all plug-ins. */
    public StandaloneEngine() {
        super(new Plugins());
        StandalonePlugins.add(plugins.deviceProviders(), ServiceLoader.load(DeviceProvider.class));
        StandalonePlugins.add(plugins.allocators(), ServiceLoader.load(Allocator.class));
        StandalonePlugins.add(plugins.codecs(), ServiceLoader.load(Codec.class));
        StandalonePlugins.add(plugins.formats(), ServiceLoader.load(ContainerFormat.class));
        StandalonePlugins.add(plugins.stores(), ServiceLoader.load(ImageStore.class));
        StandalonePlugins.add(plugins.partitionTables(), ServiceLoader.load(PartitionTableReader.class));
        StandalonePlugins.add(plugins.virtualDisks(), ServiceLoader.load(VirtualDiskFormat.class));
        StandalonePlugins.add(plugins.setFormats(), ServiceLoader.load(SetFormat.class));
        StandalonePlugins.add(plugins.snapshotProviders(), ServiceLoader.load(SnapshotProvider.class));
        StandalonePlugins.add(plugins.blockServers(), ServiceLoader.load(BlockServer.class));
        StandalonePlugins.add(plugins.fileServers(), ServiceLoader.load(FileServer.class));
        StandalonePlugins.add(plugins.fileSystemReaders(), ServiceLoader.load(FileSystemReader.class));
        StandalonePlugins.add(plugins.blobStores(), ServiceLoader.load(BlobStoreProvider.class));
    }
}
