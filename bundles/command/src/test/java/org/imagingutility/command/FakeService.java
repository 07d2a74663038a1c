package org.imagingutility.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.DiskFacts;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.CompareRequest;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.DifferenceSink;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.FileDifference;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImageVolumesResult.Volume;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.MissChance;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.Stage;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryCopyResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.api.serve.ServeStatistics;

/** Keeps the requests, shows one progress, and answers with what the test set. */
final class FakeService implements ImagingService {
    static final ImageInfo IMAGE = new ImageInfo("skz", 1,
            new ImageSpec(1 << 30, 512, 4 << 20, 512 << 20, "zstd", 1, 3, true, Instant.parse("2026-01-02T03:04:05Z"), 2,
                    256, Metadata.of(Map.of("device.model", "Disk\u001b[2J", "device.removable", false))),
            new ImageDigests(Digest.ofHex("aa".repeat(32)), Digest.ofHex("bb".repeat(32))), 300 << 20, 0, 100 << 20,
            Optional.of("zstd -d"), Metadata.of(Map.of("seconds", 7L)));
    static final Optional<Digest> SET_DIGEST = Optional.of(Digest.ofHex("dd".repeat(32)));
    static final JobStatistics STATISTICS = new JobStatistics(Duration.ofSeconds(2), 75, 2, Optional.of(Stage.WORK), 0.874);
    static final FileSystemInfo NTFS = new FileSystemInfo("NTFS 3.1", "DATA", "0123", 4096, 262143);

    final List<Object> requests = new ArrayList<>();
    /** What images say of themselves when they are asked. */
    ImageInfo imaged = IMAGE;
    /** What is wrong with the partition table of the disk that an image is of. */
    Optional<String> noDisk = Optional.empty();
    ExtentList unreadable = ExtentList.empty();
    List<TouchedFile> touched = List.of();
    List<Damage> damages = List.of();
    List<TouchedFile> touchedFiles = List.of();
    boolean stoppedAtFirst;
    boolean fromMedium;
    ImageInfo image = IMAGE;
    ExtentList lost = ExtentList.empty();
    Throwable failure;
    final Map<String, ImagingException> volumeFailures = new HashMap<>();
    VerifySetResult.Verdict partVerdict = VerifySetResult.Verdict.INTACT;
    BackupManifest manifest = manifest(0);
    ExtractResult extracted = new ExtractResult(new ExtractResult.Counts(2, 3, 1, 0, 0, 4096, 0, 0, 0), List.of(), List.of(), Duration.ofSeconds(1));
    List<FileDifference> differences = List.of();
    List<RepositoryDamage> copyFailures = List.of();

    /** Returns the manifest of a disk with one partition, of which so many bytes could not be read. */
    static BackupManifest manifest(long unreadable) {
        return new BackupManifest("2", "ImagingUtility 0.1.0", new DiskFacts(OptionalInt.empty(), "/dev/sda", "Model", 1 << 30, 512, "gpt",
                "B855EEB1-6142-4D25-A8AB-D10BB373A9EF", ""), Instant.parse("2026-01-02T03:04:05Z"), Optional.empty(), List.of(
                new SetPartition(1, PartitionRole.PRIMARY, 1 << 20, 1 << 29, "GPT: Microsoft basic data", "", "", "", 0, false, "",
                        "NTFS 3.1", "DATA\u001b[2J", "0123", Optional.of(new SetArtefact(SetArtefact.Kind.IMAGE, "part01.skzimg",
                        OptionalLong.of(100 << 20), Optional.empty(), Optional.of(IMAGE.digests()), "ntfs",
                        OptionalLong.of(300 << 20), ExtentList.empty(), unreadable)))), List.of(), new TreeMap<>(), List.of(), "");
    }

    @Override
    public ImageResult image(ImageRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        TreeMap<String, Digest> hashes = new TreeMap<>();
        request.linearHashes().forEach(name -> hashes.put(name, Digest.ofHex("cc".repeat(16))));
        return new ImageResult(IMAGE, "ntfs", NTFS, 310 << 20, unreadable, touched, Optional.empty(), false, hashes,
                request.output().verify() ? Optional.of(verified(false)) : Optional.empty(), STATISTICS);
    }

    @Override
    public ImageVolumesResult imageVolumes(ImageVolumesRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new ImageVolumesResult(request.devices().stream().map(device -> volumeFailures.containsKey(device)
                ? Volume.of(device, volumeFailures.get(device)) : Volume.of(device, new ImageResult(IMAGE, "ntfs", NTFS, 310 << 20, unreadable, touched,
                        Optional.empty(), false, new TreeMap<>(), Optional.empty(), STATISTICS))).toList());
    }

    @Override
    public List<RepositoryImage> images(String repository, RepositoryFilter filter) {
        requests.add(List.of(repository, filter));
        return List.of();
    }

    @Override
    public RepositoryCheckResult checkRepository(RepositoryCheckRequest request, JobMonitor monitor) {
        requests.add(request);
        return new RepositoryCheckResult(3, 4, 30, 2, 4096, List.of(), 0, 2, 1);
    }

    @Override
    public RepositoryCopyResult copyImages(RepositoryCopyRequest request, JobMonitor monitor) {
        requests.add(request);
        return new RepositoryCopyResult(2, 1, 30, 20, 4096, copyFailures);
    }

    @Override
    public VerifyResult verify(VerifyRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return verified(request.quick());
    }

    @Override
    public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new RestoreResult(IMAGE, 300 << 20, 0, request.verify() ? 300 << 20 : 0, false, STATISTICS,
                Optional.of(IMAGE.digests()), Optional.empty());
    }

    @Override
    public RestoreResult export(ExportRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new RestoreResult(IMAGE, 4096, 0, 0, false, STATISTICS,
                request.length() < 0 ? Optional.of(IMAGE.digests()) : Optional.empty(), Optional.empty());
    }

    @Override
    public DiskExportResult exportDisk(DiskExportRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new DiskExportResult(IMAGE, request.format(), 1 << 30, 400 << 20, STATISTICS, Optional.of(IMAGE.digests()),
                request.expected().filter(digest -> !digest.equals(IMAGE.digests().image())));
    }

    @Override
    public ConvertResult convert(ConvertRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new ConvertResult(IMAGE, IMAGE, request.verify() ? Optional.of(verified(false)) : Optional.empty(), STATISTICS);
    }

    @Override
    public RepairResult repair(RepairRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        boolean toNew = request.target().isPresent();
        return new RepairResult(IMAGE.spec(), 100 << 20, true, damages, damages.size(), lost,
                lost.count() == 0 ? List.of() : List.of(new TouchedFile("\\dir\\a.txt", 4096)), 75, lost.count(),
                Optional.empty(), List.of(), 0, request.inPlace() ? lost.count() : damages.size(),
                toNew ? Optional.of(IMAGE) : Optional.empty(), STATISTICS);
    }

    @Override
    public BackupResult backup(BackupRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new BackupResult(request.folder() + "/backup.manifest.json", manifest, List.of(new BackupResult.Part(1, false,
                Optional.empty(), 310 << 20, touched)), false, 310 << 20, 100 << 20,
                request.output().verify() ? Optional.of(verifiedSet()) : Optional.empty(), Duration.ofSeconds(2), SET_DIGEST);
    }

    @Override
    public VerifySetResult verifySet(VerifySetRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return verifiedSet();
    }

    @Override
    public ServeResult serve(ServeRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return new ServeResult(new ServeStatistics(2, 300, 1, 5 << 20, 0), Duration.ofSeconds(90));
    }

    @Override
    public ExtractResult extract(ExtractRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return extracted;
    }

    @Override
    public void compare(CompareRequest request, DifferenceSink sink, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        for (FileDifference difference : differences) {
            sink.differs(difference);
        }
    }

    @Override
    public RestoreSetResult restoreSet(RestoreSetRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        DeviceInfo target = new DeviceInfo(request.target(), DeviceKind.DISK, 1 << 30, 512, "", Optional.empty(), List.of(), false);
        return new RestoreSetResult(manifest, target, List.of(1), request.partition().isEmpty(), 300 << 20,
                0, request.verify() ? 300 << 20 : 0, false, Duration.ofSeconds(2), SET_DIGEST,
                partVerdict == VerifySetResult.Verdict.UNPROVEN ? List.of("part01.skzimg") : List.of());
    }

    @Override
    public long dumpHead(String device, String file, long bytes, boolean overwrite) throws ImagingException {
        run(List.of(device, file, bytes, overwrite), JobMonitor.NONE);
        return bytes;
    }

    private VerifySetResult verifiedSet() {
        return new VerifySetResult(manifest, List.of(
                new VerifySetResult.Item("disk-pt.bin", "outside the partitions, from byte 0", VerifySetResult.Verdict.INTACT,
                        "SHA-256 as expected", Optional.empty()),
                new VerifySetResult.Item("part01.skzimg", "partition 1", partVerdict, "75 of 75 frames checked",
                        Optional.of(verified(false)))), List.of("a note"), Duration.ofSeconds(1), SET_DIGEST);
    }

    @Override
    public ImageInfo info(String image) throws ImagingException {
        run(image, JobMonitor.NONE);
        return imaged;
    }

    @Override
    public ExtentList unreadable(String image) {
        return new ExtentList.Builder().add(512, 1024).add(4096, 512).build();
    }

    @Override
    public void writeBadMap(String image, String file) {
        requests.add(List.of(image, file));
    }

    @Override
    public List<DeviceListing> devices() throws ImagingException {
        run("devices", JobMonitor.NONE);
        DeviceInfo disk = new DeviceInfo("/dev/sda", DeviceKind.DISK, 1 << 30, 512, "Model", Optional.empty(), List.of(), false);
        DeviceInfo partition = new DeviceInfo("/dev/sda1", DeviceKind.PARTITION, 1 << 29, 512, "", Optional.of("/dev/sda"),
                List.of("/mnt/a", "/mnt/b"), false);
        Partition inTable = new Partition(1, PartitionRole.PRIMARY, 1 << 20, 1 << 29, "0x07", "NTFS, exFAT or HPFS", "", "", 0, false);
        return List.of(new DeviceListing("file", disk, OptionalInt.of(0), Optional.of(PartitionTableKind.MBR), Optional.empty(),
                Optional.empty(), Optional.of("device /dev/sda: may not be read")),
                new DeviceListing("file", partition, OptionalInt.empty(), Optional.empty(), Optional.of(inTable), Optional.of(NTFS),
                Optional.empty()));
    }

    @Override
    public DiskListing imagedDisk(String image) throws ImagingException {
        if (noDisk.isPresent()) {
            throw new PartitionTableException(image, 512, noDisk.get(), null);
        }
        return disk(image);
    }

    @Override
    public DiskListing disk(String device) throws ImagingException {
        run(device, JobMonitor.NONE);
        DeviceInfo info = new DeviceInfo(device, DeviceKind.FILE, 100 << 20, 512, "", Optional.empty(), List.of(), true);
        Partition first = new Partition(1, PartitionRole.PRIMARY, 1 << 20, 40 << 20, "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
                "Microsoft basic data", "Data\u001b[2J", "AA1D8280-E6B1-4F76-830D-D4ABD85B6351", 4, true);
        Partition second = new Partition(2, PartitionRole.PRIMARY, 60 << 20, 30 << 20, "11111111-2222-3333-4444-555555555555",
                "", "", "268B1B6A-8456-4261-A9D5-3CC629E55D6B", 0, false);
        PartitionTable table = new PartitionTable(PartitionTableKind.GPT, 100 << 20, 512, "",
                "B855EEB1-6142-4D25-A8AB-D10BB373A9EF", List.of(first, second), List.of(),
                Optional.of(new GptCopies(GptCopies.Copy.BACKUP, Optional.of("byte 528: wrong"), Optional.empty())),
                List.of("byte 446: odd"));
        return new DiskListing(info, Optional.of(table), List.of(
                new DiskListing.Content(first, device + "#1", Optional.of(NTFS), Optional.empty()),
                new DiskListing.Content(second, device + "#2", Optional.empty(), Optional.of("device: may not be read"))),
                Optional.empty(), Optional.empty());
    }

    @Override
    public List<PluginInfo> plugins() {
        return List.of(new PluginInfo("codec", "zstd", OptionalInt.of(1), "org.imagingutility.codec.zstd", "0.1.0", "ACTIVE", List.of("job 3"),
                        OptionalLong.of(12)),
                new PluginInfo("image store", "file", OptionalInt.empty(), "org.imagingutility.store.file", "0.1.0", "ACTIVE", List.of(), OptionalLong.empty()));
    }

    static Damage damage() {
        return new Damage(4096, 512, Optional.of(new Extent(0, 4 << 20)), "frame digest is 11, expected 22");
    }

    private VerifyResult verified(boolean quick) {
        return new VerifyResult(image, damages, damages.size() * 2L, touchedFiles, stoppedAtFirst,
                new VerifyResult.Coverage(quick ? 10 : 75, 75, quick ? 20 << 20 : 100 << 20, quick ? List.of(
                        new MissChance(1, 0.8), new MissChance(4096, 0.0004), new MissChance(1 << 20, 0)) : List.of(), fromMedium),
                STATISTICS, quick || !damages.isEmpty() ? Optional.empty() : Optional.of(image.digests()));
    }

    private void run(Object request, JobMonitor monitor) throws ImagingException {
        requests.add(request);
        monitor.notice("a notice");
        monitor.progress(new Progress("Working on", "it", 1, 2, 1));
        if (monitor.cancelled()) {
            throw new CancelledException("it");
        }
        if (failure instanceof ImagingException known) {
            throw known;
        }
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
