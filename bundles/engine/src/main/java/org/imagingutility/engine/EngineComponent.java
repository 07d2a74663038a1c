package org.imagingutility.engine;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
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
    private static final String RANKING = "service.ranking";

    /** Called by Declarative Services. */
    public EngineComponent() {
        super(new Plugins());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDeviceProvider(DeviceProvider provider, Map<String, Object> properties) {
        add(plugins.deviceProviders(), provider, properties);
    }

    void unbindDeviceProvider(DeviceProvider provider) {
        plugins.deviceProviders().remove(provider);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAllocator(Allocator allocator, Map<String, Object> properties) {
        add(plugins.allocators(), allocator, properties);
    }

    void unbindAllocator(Allocator allocator) {
        plugins.allocators().remove(allocator);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCodec(Codec codec, Map<String, Object> properties) {
        add(plugins.codecs(), codec, properties);
    }

    void unbindCodec(Codec codec) {
        plugins.codecs().remove(codec);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindContainerFormat(ContainerFormat format, Map<String, Object> properties) {
        add(plugins.formats(), format, properties);
    }

    void unbindContainerFormat(ContainerFormat format) {
        plugins.formats().remove(format);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindImageStore(ImageStore store, Map<String, Object> properties) {
        add(plugins.stores(), store, properties);
    }

    void unbindImageStore(ImageStore store) {
        plugins.stores().remove(store);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPartitionTableReader(PartitionTableReader reader, Map<String, Object> properties) {
        add(plugins.partitionTables(), reader, properties);
    }

    void unbindPartitionTableReader(PartitionTableReader reader) {
        plugins.partitionTables().remove(reader);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindVirtualDiskFormat(VirtualDiskFormat format, Map<String, Object> properties) {
        add(plugins.virtualDisks(), format, properties);
    }

    void unbindVirtualDiskFormat(VirtualDiskFormat format) {
        plugins.virtualDisks().remove(format);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSetFormat(SetFormat format, Map<String, Object> properties) {
        add(plugins.setFormats(), format, properties);
    }

    void unbindSetFormat(SetFormat format) {
        plugins.setFormats().remove(format);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSnapshotProvider(SnapshotProvider provider, Map<String, Object> properties) {
        add(plugins.snapshotProviders(), provider, properties);
    }

    void unbindSnapshotProvider(SnapshotProvider provider) {
        plugins.snapshotProviders().remove(provider);
    }

    /** The engine is going itself: the jobs end, resumable. The plug-ins are unbound after this, which waits for that. */
    @Deactivate
    void deactivate() {
        plugins.shutDown();
    }

    /** {@inheritDoc} In a container it goes to the log. */
    @Override
    <T> T told(JobRequest<T> request, JobMonitor monitor, JobStory.Run<T> job) throws ImagingException {
        return new JobStory(monitor).of(request, plugins.list(), job);
    }

    private static <P> void add(PluginSet<P> set, P plugin, Map<String, Object> properties) {
        int ranking = properties.get(RANKING) instanceof Integer value ? value : 0;
        set.add(plugin, ranking, originOf(plugin));
    }

    private static Supplier<Origin> originOf(Object plugin) {
        Bundle bundle = FrameworkUtil.getBundle(plugin.getClass());
        if (bundle == null) {
            return () -> Origin.ofModule(plugin);
        }
        return () -> new Origin(bundle.getSymbolicName(), bundle.getVersion().toString(), stateOf(bundle),
                OptionalLong.of(bundle.getBundleId()));
    }

    private static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
    }
}
