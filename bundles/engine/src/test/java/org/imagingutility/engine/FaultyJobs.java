package org.imagingutility.engine;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.guard.Faults;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;

/** Small jobs of every kind over one disk, with all plug-ins of this project or with the same ones made faulty. */
final class FaultyJobs {
    /** The bundle that faulty plug-ins come from. */
    static final String BUNDLE = "com.example.faulty 1.2.3";
    private static final int PARTITION = 1 << 20;
    private static final PipelineOptions ONE_WORKER = new PipelineOptions(1, 0, false);
    private static final ImageRequest.Layout LAYOUT = new ImageRequest.Layout("skz", Optional.of("zstd"), OptionalInt.empty(),
            OptionalInt.of(64 << 10), OptionalLong.of(256 << 10));

    private final Path inputs;
    private final Path made;
    private final TestEngine sound = new TestEngine();

    /** What is done. */
    interface Action {
        void run(TestEngine engine, JobMonitor monitor) throws Exception;
    }

    /** Says what is wrong with what a job made. */
    interface Judgement {
        Optional<String> wrong() throws Exception;
    }

    /** A job and what it must have made when it ended well. */
    record Job(String name, Action action, Judgement judgement) {
    }

    FaultyJobs(Path folder) throws Exception {
        inputs = Files.createDirectory(folder.resolve("inputs"));
        made = Files.createDirectory(folder.resolve("made"));
        Files.write(inputs.resolve("disk"), disk());
        sound.image(request(inputs.resolve("disk"), inputs.resolve("image"), Optional.empty()), JobMonitor.NONE);
        byte[] image = Files.readAllBytes(inputs.resolve("image"));
        Files.write(inputs.resolve("cut"), Arrays.copyOf(image, image.length * 2 / 3));
        sound.backup(backup(inputs.resolve("set")), JobMonitor.NONE);
    }

    /** A disk of two MiB with one partition. */
    private static byte[] disk() {
        ByteBuffer disk = ByteBuffer.allocate(2 << 20).order(ByteOrder.LITTLE_ENDIAN);
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        disk.put(PARTITION + 100_000, noise);
        disk.putInt(440, 0x1234).put(450, (byte) 0x83).putInt(454, PARTITION / 512).putInt(458, PARTITION / 512).putShort(510, (short) 0xAA55);
        return disk.array();
    }

    List<Job> all() {
        Path disk = inputs.resolve("disk");
        Path image = made.resolve("image");
        return List.of(
                new Job("image", (engine, monitor) -> engine.image(request(disk, image, Optional.empty()), monitor), () -> wrongImage(image)),
                new Job("resume", (engine, monitor) -> {
                    Files.copy(inputs.resolve("cut"), made.resolve("image.partial"));
                    engine.image(request(disk, image, Optional.of(ImageRequest.ResumeCheck.FULL)), monitor);
                }, () -> wrongImage(image)),
                new Job("verify", (engine, monitor) -> {
                    if (!engine.verify(new VerifyRequest(inputs.resolve("image").toString(), false, ONE_WORKER), monitor).intact()) {
                        throw new AssertionError("a sound image is called damaged");
                    }
                }, Optional::empty),
                new Job("restore", (engine, monitor) -> engine.restore(new RestoreRequest(inputs.resolve("image").toString(),
                        made.resolve("disk").toString(), false, false, true, ONE_WORKER), monitor), () -> wrongDisk(made.resolve("disk"))),
                new Job("convert", (engine, monitor) -> engine.convert(new ConvertRequest(inputs.resolve("image").toString(),
                        image.toString(), false, false, false, LAYOUT, ONE_WORKER), monitor), () -> wrongImage(image)),
                new Job("repair", (engine, monitor) -> engine.repair(new RepairRequest(inputs.resolve("image").toString(),
                        Optional.of(image.toString()), false, false, ONE_WORKER), monitor), () -> wrongImage(image)),
                new Job("export-disk", (engine, monitor) -> engine.exportDisk(new DiskExportRequest(inputs.resolve("image").toString(),
                        made.resolve("disk.vhd").toString(), "vhd-fixed", false, ONE_WORKER), monitor),
                        () -> differs(Arrays.copyOf(Files.readAllBytes(made.resolve("disk.vhd")), 2 << 20))),
                new Job("backup", (engine, monitor) -> engine.backup(backup(made.resolve("set")), monitor), this::wrongSet),
                new Job("restore-set", (engine, monitor) -> engine.restoreSet(new RestoreSetRequest(inputs.resolve("set").toString(),
                        made.resolve("disk").toString(), OptionalInt.empty(), false, false, true, ONE_WORKER), monitor),
                        () -> wrongDisk(made.resolve("disk"))),
                new Job("list", (engine, monitor) -> {
                    engine.plugins();
                    engine.devices(monitor);
                    engine.disk(disk.toString());
                    engine.info(inputs.resolve("image").toString());
                    engine.unreadable(inputs.resolve("image").toString());
                }, Optional::empty));
    }

    private static ImageRequest request(Path device, Path image, Optional<ImageRequest.ResumeCheck> resume) {
        return new ImageRequest(device.toString(), image.toString(), new ImageRequest.Output(false, false, false, resume, Duration.ZERO),
                new ImageRequest.Source(false, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, LAYOUT, ONE_WORKER, List.of());
    }

    private BackupRequest backup(Path set) {
        BackupRequest of = BackupRequest.of(inputs.resolve("disk").toString(), set.toString());
        return new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), of.source(), of.readErrors(), LAYOUT, ONE_WORKER,
                of.linearHashes(), of.artefacts());
    }

    /** Returns the methods of plug-ins that a job calls, as their interfaces declare them. */
    Set<Method> methodsCalledBy(Job job) throws Exception {
        clean();
        Set<Method> called = new LinkedHashSet<>();
        job.action().run(engine(Faults.watching(called)), JobMonitor.NONE);
        return Set.copyOf(called);
    }

    /** Returns an engine all of whose plug-ins are of {@link #BUNDLE} and have a fault. */
    TestEngine engine(Faults fault) {
        TestEngine engine = new TestEngine();
        engine.installed().trustAll();
        replace(engine.installed().deviceProviders(), DeviceProvider.class, fault);
        replace(engine.installed().allocators(), Allocator.class, fault);
        replace(engine.installed().codecs(), Codec.class, fault);
        replace(engine.installed().formats(), ContainerFormat.class, fault);
        replace(engine.installed().stores(), ImageStore.class, fault);
        replace(engine.installed().partitionTables(), PartitionTableReader.class, fault);
        replace(engine.installed().virtualDisks(), VirtualDiskFormat.class, fault);
        replace(engine.installed().setFormats(), SetFormat.class, fault);
        return engine;
    }

    private static <P> void replace(PluginSet<P> set, Class<P> type, Faults fault) {
        for (P plugin : set.all()) {
            set.remove(plugin);
            set.add(fault.in(type, plugin), 0, () -> new Origin("com.example.faulty", "1.2.3", "ACTIVE"));
        }
    }

    /** Removes what jobs made. */
    void clean() throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).filter(each -> !each.equals(made)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Returns what is wrong with what a job made that ended well. */
    Optional<String> wrong(Job job) throws Exception {
        return job.judgement().wrong();
    }

    private Optional<String> wrongImage(Path image) throws Exception {
        if (!sound.verify(new VerifyRequest(image.toString(), false, ONE_WORKER), JobMonitor.NONE).intact()) {
            return Optional.of("ends well, but its image is damaged");
        }
        Path restored = made.resolve("restored");
        sound.restore(new RestoreRequest(image.toString(), restored.toString(), false, false, false, ONE_WORKER), JobMonitor.NONE);
        return wrongDisk(restored);
    }

    private Optional<String> wrongSet() throws Exception {
        Path restored = made.resolve("restored");
        if (!sound.verifySet(new VerifySetRequest(made.resolve("set").toString(), false, ONE_WORKER), JobMonitor.NONE).intact()) {
            return Optional.of("ends well, but its set is damaged");
        }
        sound.restoreSet(new RestoreSetRequest(made.resolve("set").toString(), restored.toString(), OptionalInt.empty(), false, false, false,
                ONE_WORKER), JobMonitor.NONE);
        return wrongDisk(restored);
    }

    private Optional<String> wrongDisk(Path file) throws IOException {
        return differs(Files.readAllBytes(file));
    }

    private Optional<String> differs(byte[] content) throws IOException {
        int at = Arrays.mismatch(content, Files.readAllBytes(inputs.resolve("disk")));
        return at < 0 ? Optional.empty() : Optional.of("ends well, but byte " + at + " is another one");
    }
}
