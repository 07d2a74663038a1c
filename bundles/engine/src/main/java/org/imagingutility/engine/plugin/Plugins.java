package org.imagingutility.engine.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.store.ImageStore;

/**
 * The plug-ins that are there now. Each question is answered with what is there when it is asked; a job asks again
 * rather than keep the answer. Used by several threads at once.
 */
public final class Plugins {
    private final PluginSet<DeviceProvider> deviceProviders = new PluginSet<>();
    private final PluginSet<Allocator> allocators = new PluginSet<>();
    private final PluginSet<Codec> codecs = new PluginSet<>();
    private final PluginSet<ContainerFormat> formats = new PluginSet<>();
    private final PluginSet<ImageStore> stores = new PluginSet<>();
    private final PluginSet<PartitionTableReader> partitionTables = new PluginSet<>();

    /** Returns the device providers. */
    public PluginSet<DeviceProvider> deviceProviders() {
        return deviceProviders;
    }

    /** Returns the allocators. */
    public PluginSet<Allocator> allocators() {
        return allocators;
    }

    /** Returns the codecs. */
    public PluginSet<Codec> codecs() {
        return codecs;
    }

    /** Returns the container formats. */
    public PluginSet<ContainerFormat> formats() {
        return formats;
    }

    /** Returns the image stores. */
    public PluginSet<ImageStore> stores() {
        return stores;
    }

    /** Returns the readers of partition tables. */
    public PluginSet<PartitionTableReader> partitionTables() {
        return partitionTables;
    }

    /** Returns the provider to ask for device {@code reference}. */
    public DeviceProvider deviceProviderFor(String reference) throws UsageException {
        return first(deviceProviders, provider -> provider.accepts(reference), "device", reference);
    }

    /** Returns the store to ask for image {@code reference}. */
    public ImageStore storeFor(String reference) throws UsageException {
        return first(stores, store -> store.accepts(reference), "image store", reference);
    }

    /** Returns the codec a user named. */
    public Codec codecNamed(String name) throws UsageException {
        return named(codecs, Codec::name, "codec", name);
    }

    /** Returns the container format a user named. */
    public ContainerFormat formatNamed(String name) throws UsageException {
        return named(formats, ContainerFormat::name, "container format", name);
    }

    /** Returns the codec with a wire id that stands in an image. */
    public Codec codecByWireId(int wireId, String neededBy) throws PluginMissingException {
        return codecs.all().stream().filter(codec -> codec.wireId() == wireId).findFirst()
                .orElseThrow(() -> new PluginMissingException("codec", "wire id " + wireId, neededBy,
                        codecs.all().stream().map(codec -> codec.name() + " (wire id " + codec.wireId() + ")").toList()));
    }

    /** Lists all plug-ins, sorted by kind and name. */
    public List<PluginInfo> list() {
        List<PluginInfo> infos = new ArrayList<>();
        allocators.each((plugin, origin) -> infos.add(info("allocator", plugin.name(), OptionalInt.empty(), origin)));
        codecs.each((plugin, origin) -> infos.add(info("codec", plugin.name(), OptionalInt.of(plugin.wireId()), origin)));
        formats.each((plugin, origin) -> infos.add(info("container format", plugin.name(), OptionalInt.empty(), origin)));
        deviceProviders.each((plugin, origin) -> infos.add(info("device provider", plugin.name(), OptionalInt.empty(), origin)));
        stores.each((plugin, origin) -> infos.add(info("image store", plugin.name(), OptionalInt.empty(), origin)));
        partitionTables.each((plugin, origin) -> infos.add(info("partition table", plugin.name(), OptionalInt.empty(), origin)));
        infos.sort(Comparator.comparing(PluginInfo::kind).thenComparing(PluginInfo::name));
        return infos;
    }

    private static PluginInfo info(String kind, String name, OptionalInt wireId, Origin origin) {
        return new PluginInfo(kind, name, wireId, origin.name(), origin.version(), origin.state(),
                List.of(), origin.bundleId());
    }

    private static <P> P named(PluginSet<P> plugins, java.util.function.Function<P, String> name, String kind,
            String wanted) throws UsageException {
        return plugins.all().stream().filter(plugin -> name.apply(plugin).equals(wanted)).findFirst()
                .orElseThrow(() -> new UsageException("there is no " + kind + " \"" + wanted + "\" (available: "
                        + joined(plugins.all().stream().map(name).sorted().toList()) + ")",
                        "choose one of those, or install the bundle that provides it"));
    }

    private static <P> P first(PluginSet<P> plugins, Predicate<P> accepts, String kind, String reference)
            throws UsageException {
        return plugins.all().stream().filter(accepts).findFirst()
                .orElseThrow(() -> new UsageException("no installed " + kind + " plug-in knows \"" + reference + "\"",
                        "check the spelling; the installed plug-ins are listed by: imaging plugins"));
    }

    private static String joined(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
