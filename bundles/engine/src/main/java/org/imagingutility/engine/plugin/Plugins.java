package org.imagingutility.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.pipeline.SharedResources;
import org.imagingutility.engine.repository.image.ImageReference;
import org.imagingutility.engine.repository.image.RepositoryFile;
import org.imagingutility.engine.repository.image.RepositoryFormat;
import org.imagingutility.engine.repository.image.RepositoryStore;

/**
 * The plug-ins that are there now. Each question is answered with what is there when it is asked; a job asks again
 * rather than keep the answer. Used by several threads at once.
 */
public class Plugins implements CodecLookup {
    private final SharedResources resources;
    private final Changes changes;
    private final PluginSet<DeviceProvider> deviceProviders;
    private final PluginSet<Allocator> allocators;
    private final PluginSet<Codec> codecs;
    private final PluginSet<ContainerFormat> formats;
    private final PluginSet<ImageStore> stores;
    private final PluginSet<PartitionTableReader> partitionTables;
    private final PluginSet<VirtualDiskFormat> virtualDisks;
    private final PluginSet<SetFormat> setFormats;
    private final PluginSet<SnapshotProvider> snapshotProviders;
    private final PluginSet<BlockServer> blockServers;
    private final PluginSet<FileServer> fileServers;
    private final PluginSet<FileSystemReader> fileSystemReaders;
    private final PluginSet<BlobStoreProvider> blobStores;

    /** Creates sets without plug-ins. */
    public Plugins() {
        resources = new SharedResources();
        changes = new Changes();
        deviceProviders = set(PluginKind.DEVICE_PROVIDER);
        allocators = set(PluginKind.ALLOCATOR);
        codecs = set(PluginKind.CODEC);
        formats = set(PluginKind.CONTAINER_FORMAT);
        stores = set(PluginKind.IMAGE_STORE);
        partitionTables = set(PluginKind.PARTITION_TABLE);
        virtualDisks = set(PluginKind.VIRTUAL_DISK);
        setFormats = set(PluginKind.SET_FORMAT);
        snapshotProviders = set(PluginKind.SNAPSHOT_PROVIDER);
        blockServers = set(PluginKind.BLOCK_SERVER);
        fileServers = set(PluginKind.FILE_SERVER);
        fileSystemReaders = set(PluginKind.FILE_SYSTEM_READER);
        blobStores = set(PluginKind.BLOB_STORE);
    }

    /** Creates another view of the same plug-ins. */
    public Plugins(Plugins same) {
        resources = same.resources;
        changes = same.changes;
        deviceProviders = same.deviceProviders;
        allocators = same.allocators;
        codecs = same.codecs;
        formats = same.formats;
        stores = same.stores;
        partitionTables = same.partitionTables;
        virtualDisks = same.virtualDisks;
        setFormats = same.setFormats;
        snapshotProviders = same.snapshotProviders;
        blockServers = same.blockServers;
        fileServers = same.fileServers;
        fileSystemReaders = same.fileSystemReaders;
        blobStores = same.blobStores;
    }

    private <P> PluginSet<P> set(PluginKind kind) {
        return new PluginSet<>(kind, changes);
    }

    /** Says how long is waited when a plug-in leaves; for those that leave from now on, and for all waits. */
    public final void policy(SwapPolicy policy) {
        changes.policy(policy);
    }

    /** Says that only bundles are there whose signer is trusted: codecs of all of them may have reserved wire ids. */
    public final void trustAll() {
        changes.trusting(true);
    }

    /** Has {@code listener} told of plug-ins that are not used, and why. */
    public final void remarks(Consumer<String> listener) {
        changes.remarks(listener);
    }

    /** Ends the jobs that work with these plug-ins: the engine is going itself. They keep what they wrote. */
    public final void shutDown() {
        changes.close();
        resources.close();
    }

    /** Returns what the pipelines of all jobs that work with these plug-ins share. */
    public final SharedResources resources() {
        return resources;
    }

    /** Says that the allocator of that name has a signature on what is looked at: it is waited for where it leaves before it is asked more. */
    public void expectAllocator(String name) {
        // only what waits has to know
    }

    /** Says whether what fails now says nothing about devices and images, because a plug-in in use is leaving. */
    public boolean interrupted() {
        return false;
    }

    public final Changes changes() {
        return changes;
    }

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

    /** Returns the formats of virtual disks. */
    public PluginSet<VirtualDiskFormat> virtualDisks() {
        return virtualDisks;
    }

    /** Returns the formats of backup sets. */
    public PluginSet<SetFormat> setFormats() {
        return setFormats;
    }

    /** Returns the snapshot providers. */
    public PluginSet<SnapshotProvider> snapshotProviders() {
        return snapshotProviders;
    }

    /** Returns the servers of block devices. */
    public PluginSet<BlockServer> blockServers() {
        return blockServers;
    }

    /** Returns the servers of files that are there now. */
    public PluginSet<FileServer> fileServers() {
        return fileServers;
    }

    /** Returns the readers of file systems. */
    public PluginSet<FileSystemReader> fileSystemReaders() {
        return fileSystemReaders;
    }

    /** Returns the providers of places for objects. */
    public PluginSet<BlobStoreProvider> blobStores() {
        return blobStores;
    }

    /** Asks a plug-in something; empty if another one is to be asked. */
    @FunctionalInterface
    public interface Question<P, R> {
        /** Asks {@code plugin}. */
        Optional<R> ask(P plugin) throws ImagingException;
    }

    /**
     * Asks the plug-ins of a set, the preferred ones first, until one has an answer.
     *
     * @param subject what is asked about, so that a job that asks again is answered by the plug-in of the same name
     */
    public <P, R> Optional<R> ask(PluginSet<P> set, String subject, Question<P, R> question) throws ImagingException {
        for (P plugin : set.all()) {
            Optional<R> answer = question.ask(plugin);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    /** Returns the provider to ask for device {@code reference}. */
    public DeviceProvider deviceProviderFor(String reference) throws UsageException {
        return first(deviceProviders, DeviceProvider::accepts, "device", reference);
    }

    /** Returns the provider to ask to freeze device {@code reference}. */
    public SnapshotProvider snapshotProviderFor(String reference) throws UsageException {
        return first(snapshotProviders, SnapshotProvider::accepts, snapshotProviders.kind(), reference);
    }

    /** Opens a device for reading; a job that freezes its devices gets the frozen view. The caller closes it. */
    public Device openDevice(String reference) throws ImagingException {
        return deviceProviderFor(reference).open(reference);
    }

    /** Returns the store to ask for image {@code reference}: {@code R#NAME} is in the repository {@code R}, if that is one. */
    public ImageStore storeFor(String reference) throws ImagingException {
        Optional<ImageReference> image = ImageReference.of(reference);
        if (image.isPresent()) {
            Optional<ImageStore> repository = ask(blobStores, image.get().repository(), provider -> RepositoryStore.of(provider, image.get()));
            if (repository.isPresent()) {
                return repository.get();
            }
        }
        return first(stores, ImageStore::accepts, "image store", reference);
    }

    /** Returns the provider to ask for the place {@code reference} of objects. */
    public BlobStoreProvider blobStoreFor(String reference) throws UsageException {
        return first(blobStores, BlobStoreProvider::accepts, blobStores.kind(), reference);
    }

    /** Returns the codec a user named. */
    public Codec codecNamed(String name) throws UsageException {
        return named(codecs, name);
    }

    /** Returns the container format a user named. */
    public ContainerFormat formatNamed(String name) throws UsageException {
        return name.equals(RepositoryStore.NAME) ? RepositoryFormat.INSTANCE : named(formats, name);
    }

    /** Returns the format of a new image in {@code file}: that of repositories, or else the one a user named. */
    public ContainerFormat formatFor(ImageFile file, String wanted) throws UsageException {
        return file instanceof RepositoryFile ? RepositoryFormat.INSTANCE : formatNamed(wanted);
    }

    /** Returns the format of virtual disks a user named. */
    public VirtualDiskFormat virtualDiskNamed(String name) throws UsageException {
        return named(virtualDisks, name);
    }

    /** Returns the server of the protocol a user named. */
    public BlockServer blockServerNamed(String name) throws UsageException {
        return named(blockServers, name);
    }

    /** Returns the server of files of the protocol a user named. */
    public FileServer fileServerNamed(String name) throws UsageException {
        return named(fileServers, name);
    }

    /** Returns the reader of file systems a user named. */
    public FileSystemReader fileSystemReaderNamed(String name) throws UsageException {
        return named(fileSystemReaders, name);
    }

    /** Returns the codec with a wire id that stands in an image. */
    public Codec codecByWireId(int wireId, String neededBy) throws PluginMissingException {
        for (Codec codec : codecs.all()) {
            if (codec.wireId() == wireId) {
                return codec;
            }
        }
        throw missing("wire id " + wireId, neededBy);
    }

    /** Returns the error of a codec that is not there. */
    public final PluginMissingException missing(String wanted, String neededBy) {
        List<String> others = new ArrayList<>();
        for (Codec codec : codecs.all()) {
            others.add(codec.name() + " (wire id " + codec.wireId() + ")");
        }
        return new PluginMissingException("codec", wanted, neededBy, List.copyOf(others));
    }

    /**
     * Says that an image is worked with now: its wire id stands for the codec it names and for no other.
     *
     * @param spec what the image says of itself
     */
    public void expectCodec(ImageSpec spec) {
        // outside of jobs nothing is remembered
    }

    @Override
    public final Codec byWireId(int wireId, String neededBy) throws PluginMissingException {
        return codecByWireId(wireId, neededBy);
    }

    /** Lists all plug-ins, sorted by kind and name. */
    public List<PluginInfo> list() {
        List<PluginInfo> infos = new ArrayList<>();
        for (PluginSet<?> set : List.of(allocators, codecs, formats, deviceProviders, stores, partitionTables, virtualDisks,
                setFormats, snapshotProviders, blockServers, fileServers, fileSystemReaders, blobStores)) {
            for (PluginEntry<?> entry : set.listed()) {
                infos.add(info(entry));
            }
        }
        infos.sort(Plugins::byKindAndName);
        return infos;
    }

    private static int byKindAndName(PluginInfo one, PluginInfo other) {
        int kinds = one.kind().compareTo(other.kind());
        return kinds != 0 ? kinds : one.name().compareTo(other.name());
    }

    private static PluginInfo info(PluginEntry<?> entry) {
        Origin origin = entry.origin();
        return new PluginInfo(entry.kind(), entry.name(), entry.admission().wireId(), origin.name(), origin.version(),
                origin.state(), entry.users(), origin.bundleId(), entry.unused());
    }

    /** Returns the first plug-in of that name. */
    protected <P> P named(PluginSet<P> set, String wanted) throws UsageException {
        for (PluginEntry<P> entry : set.entries()) {
            if (entry.name().equals(wanted)) {
                return entry.plugin();
            }
        }
        throw none(set, wanted);
    }

    /** Returns the first plug-in that accepts {@code reference}. */
    protected <P> P first(PluginSet<P> set, BiPredicate<P, String> accepts, String kind, String reference) throws UsageException {
        for (P plugin : set.all()) {
            if (accepts.test(plugin, reference)) {
                return plugin;
            }
        }
        throw unknown(kind, reference);
    }

    public static UsageException none(PluginSet<?> set, String wanted) {
        List<String> names = set.entries().stream().map(PluginEntry::name).sorted().toList();
        return new UsageException("there is no " + set.kind() + " \"" + wanted + "\" (available: "
                + (names.isEmpty() ? "none" : String.join(", ", names)) + ")",
                "choose one of those, or install the bundle that provides it");
    }

    public static UsageException unknown(String kind, String reference) {
        return new UsageException("no installed " + kind + " plug-in knows \"" + reference + "\"",
                "check the spelling; the installed plug-ins are listed by: imaging plugins");
    }
}
