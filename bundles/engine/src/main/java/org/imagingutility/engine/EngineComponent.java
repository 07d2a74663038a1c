package org.imagingutility.engine;

import java.lang.System.Logger.Level;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.plugin.Plugins;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The imaging service in an OSGi container. Plug-ins come and go; none is needed for the service to be there, so that
 * a missing one is named when a job asks for it.
 */
@Component(service = {ImagingService.class, EngineComponent.class})
public final class EngineComponent extends Engine {
    private final PluginServices services = new PluginServices();

    /** Called by Declarative Services. */
    public EngineComponent() {
        super(new Plugins());
        // the log is set up for who writes to it first, and most commands have no remark
        plugins.remarks(line -> System.getLogger("org.imagingutility.engine").log(Level.WARNING, "{0}", line));
        if (services.onlyTrustedBundles()) {
            plugins.trustAll();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDeviceProvider(ServiceReference<DeviceProvider> plugin) {
        services.add(plugins.deviceProviders(), plugin);
    }

    void unbindDeviceProvider(ServiceReference<DeviceProvider> plugin) {
        services.remove(plugins.deviceProviders(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAllocator(ServiceReference<Allocator> plugin) {
        services.add(plugins.allocators(), plugin);
    }

    void unbindAllocator(ServiceReference<Allocator> plugin) {
        services.remove(plugins.allocators(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCodec(ServiceReference<Codec> plugin) {
        services.add(plugins.codecs(), plugin);
    }

    void unbindCodec(ServiceReference<Codec> plugin) {
        services.remove(plugins.codecs(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindContainerFormat(ServiceReference<ContainerFormat> plugin) {
        services.add(plugins.formats(), plugin);
    }

    void unbindContainerFormat(ServiceReference<ContainerFormat> plugin) {
        services.remove(plugins.formats(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindImageStore(ServiceReference<ImageStore> plugin) {
        services.add(plugins.stores(), plugin);
    }

    void unbindImageStore(ServiceReference<ImageStore> plugin) {
        services.remove(plugins.stores(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPartitionTableReader(ServiceReference<PartitionTableReader> plugin) {
        services.add(plugins.partitionTables(), plugin);
    }

    void unbindPartitionTableReader(ServiceReference<PartitionTableReader> plugin) {
        services.remove(plugins.partitionTables(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindVirtualDiskFormat(ServiceReference<VirtualDiskFormat> plugin) {
        services.add(plugins.virtualDisks(), plugin);
    }

    void unbindVirtualDiskFormat(ServiceReference<VirtualDiskFormat> plugin) {
        services.remove(plugins.virtualDisks(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSetFormat(ServiceReference<SetFormat> plugin) {
        services.add(plugins.setFormats(), plugin);
    }

    void unbindSetFormat(ServiceReference<SetFormat> plugin) {
        services.remove(plugins.setFormats(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSnapshotProvider(ServiceReference<SnapshotProvider> plugin) {
        services.add(plugins.snapshotProviders(), plugin);
    }

    void unbindSnapshotProvider(ServiceReference<SnapshotProvider> plugin) {
        services.remove(plugins.snapshotProviders(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindBlockServer(ServiceReference<BlockServer> plugin) {
        services.add(plugins.blockServers(), plugin);
    }

    void unbindBlockServer(ServiceReference<BlockServer> plugin) {
        services.remove(plugins.blockServers(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindFileServer(ServiceReference<FileServer> plugin) {
        services.add(plugins.fileServers(), plugin);
    }

    void unbindFileServer(ServiceReference<FileServer> plugin) {
        services.remove(plugins.fileServers(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindFileSystemReader(ServiceReference<FileSystemReader> plugin) {
        services.add(plugins.fileSystemReaders(), plugin);
    }

    void unbindFileSystemReader(ServiceReference<FileSystemReader> plugin) {
        services.remove(plugins.fileSystemReaders(), plugin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindBlobStore(ServiceReference<BlobStoreProvider> plugin) {
        services.add(plugins.blobStores(), plugin);
    }

    void unbindBlobStore(ServiceReference<BlobStoreProvider> plugin) {
        services.remove(plugins.blobStores(), plugin);
    }

    /** The engine is going itself: the jobs end, resumable. The plug-ins are unbound after this, which waits for that. */
    @Deactivate
    void deactivate() {
        plugins.shutDown();
    }

    @Override
    void log(String line) {
        System.getLogger("org.imagingutility.engine").log(Level.INFO, "{0}", line);
    }

    /** {@inheritDoc} In a container it goes to the log. */
    @Override
    <T> T logged(JobRequest<T> request, JobMonitor monitor, JobLogger.Run<T> job) throws ImagingException {
        return new JobLogger(monitor).of(request, plugins.list(), job);
    }
}
