package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.itests.BundleSwaps.Way;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Many replacements of all kinds under running jobs: nothing stays behind. How many is said by the system property
 * {@code imaging.swaps}, the order by {@code imaging.seed}.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapSoakIT {
    private static final int SWAPS = Integer.getInteger("imaging.swaps", 24);
    private static final long SEED = Long.getLong("imaging.seed", 20_260_101);
    private static final int WARM_UP = 12;
    /** The thread in which JNA cleans up ends when it had nothing to do for 30 s, and holds its class loader until then. */
    private static final Duration SETTLING = Duration.ofSeconds(120);
    private static final int FRAME = 64 << 10;
    private static final int LENGTH = 64 * FRAME;
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);
    private static final List<String> BUNDLES = List.of("org.imagingutility.codec.zstd", "com.github.luben.zstd-jni",
            "org.imagingutility.device.file", "org.imagingutility.format.skz", "org.imagingutility.store.file",
            "org.imagingutility.allocator.all", "org.imagingutility.allocator.ntfs", "org.imagingutility.command", "com.sun.jna");
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int swapped;
    private final List<Replaced> replaced = new ArrayList<>();

    @Configuration
    public Option[] configuration() throws IOException {
        return ContainerOptions.withSharing("soak-disks", ContainerOptions.distribution("soak", name -> true));
    }

    /** What a process holds, as far as a replaced bundle could leave some of it behind. */
    private record Held(int threads, long directBytes, int files, int libraries) {
        static Held now() throws IOException {
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
            return new Held(ManagementFactory.getThreadMXBean().getThreadCount(), direct, openFiles(), mappedLibraries());
        }

        private static int openFiles() throws IOException {
            Path folder = Path.of("/proc/self/fd");
            if (!Files.isDirectory(folder)) {
                return 0;
            }
            try (Stream<Path> entries = Files.list(folder)) {
                return (int) entries.count();
            }
        }

        private static int mappedLibraries() throws IOException {
            Path maps = Path.of("/proc/self/maps");
            return Files.exists(maps) ? (int) Files.readAllLines(maps).stream()
                    .filter(line -> line.contains("libzstd") || line.contains("/jna"))
                    .map(line -> line.substring(line.indexOf('/'))).distinct().count() : 0;
        }
    }

    @Test
    public void nothingStaysBehindAfterManySwapsUnderLoad() throws Exception {
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        byte[] content = new byte[LENGTH];
        new Random(9).nextBytes(content);
        Work blocks = new Work(Files.write(folder.resolve("soak.raw"), content), true, false,
                Files.createDirectories(folder.resolve("a")));
        Work volume = new Work(Path.of(System.getProperty(ContainerOptions.VOLUME)), false, false,
                Files.createDirectories(folder.resolve("b")));
        List<Work> works = new ArrayList<>(List.of(blocks, volume));
        List<String> bundles = new ArrayList<>(BUNDLES);
        String sharing = System.getProperty(ContainerOptions.SHARING);
        if (sharing != null) {
            works.add(new Work(Files.write(Path.of(sharing, "soak.raw"), content), true, true,
                    Files.createDirectories(folder.resolve("c"))));
            bundles.add("org.imagingutility.snapshot.reflink");
        }
        Random random = new Random(SEED);
        BundleSwaps swaps = new BundleSwaps(context);
        Held before;
        List<Thread> load = load(works);
        try {
            swapSome(swaps, bundles, random, WARM_UP);
            pauseLoad(load);
            before = settled(null);
            stop.set(false);
            swapped = 0;
            load = load(works);
            swapSome(swaps, bundles, random, SWAPS);
        } finally {
            pauseLoad(load);
        }
        Held after = settled(before);
        List<String> left = replaced.stream().filter(Replaced::isThere).map(Replaced::bundle).toList();
        String figures = swapped + " swaps by seed " + SEED + " under " + rounds.get() + " rounds of jobs; before " + before
                + ", after " + after + ", class loaders gone " + (replaced.size() - left.size()) + " of "
                + replaced.size() + (left.isEmpty() ? "" : ", left are those of " + left + ", threads " + Thread.getAllStackTraces().keySet());
        Files.writeString(Path.of(System.getProperty(ContainerOptions.FOLDER)).resolve("soak.txt"), figures + "\n");
        if (failure.get() != null) {
            throw new AssertionError(figures, failure.get());
        }
        assertTrue(figures, rounds.get() > 0);
        assertEquals(figures, List.of(), left);
        assertTrue(figures, after.threads() <= before.threads());
        assertTrue(figures, after.directBytes() <= before.directBytes() + (1 << 20));
        assertTrue(figures, after.files() <= before.files());
        assertTrue(figures, after.libraries() <= before.libraries());
    }

    private void swapSome(BundleSwaps swaps, List<String> bundles, Random random, int count) throws Exception {
        for (int i = 0; i < count && failure.get() == null; i++) {
            String name = bundles.get(random.nextInt(bundles.size()));
            Way way = Way.values()[random.nextInt(Way.values().length)];
            Bundle bundle = swaps.bundle(name);
            ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
            swaps.swap(name, way);
            swapped++;
            if (way != Way.STOP_AND_START) {
                replaced.add(new Replaced(name, new WeakReference<>(loader)));
            }
            Thread.sleep(random.nextInt(20));
        }
    }

    private void pauseLoad(List<Thread> load) throws InterruptedException {
        stop.set(true);
        for (Thread thread : load) {
            thread.join(120_000);
            assertTrue(thread + " still runs", !thread.isAlive());
        }
    }

    /**
     * Collects garbage until what is held is no more than {@code wanted}, or for {@link #SETTLING}; null to do it a few times.
     */
    private Held settled(Held wanted) throws Exception {
        Held held = Held.now();
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < SETTLING.toNanos(); i++) {
            System.gc();
            Thread.sleep(wanted == null ? 100 : 250);
            held = Held.now();
            boolean done = wanted == null ? i >= 8 : held.threads() <= wanted.threads() && held.files() <= wanted.files()
                    && held.directBytes() <= wanted.directBytes() && held.libraries() <= wanted.libraries();
            if (done && replaced.stream().noneMatch(Replaced::isThere)) {
                break;
            }
        }
        return held;
    }

    private List<Thread> load(List<Work> works) {
        List<Thread> threads = works.stream().map(work -> new Thread(() -> repeat(work), "load")).toList();
        threads.forEach(Thread::start);
        return threads;
    }

    private void repeat(Work work) {
        try {
            while (!stop.get()) {
                work.round();
                rounds.incrementAndGet();
            }
        } catch (Exception | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Images, verifies and restores a device again and again: each time all is as it was undisturbed. */
    private final class Work {
        private final Path device;
        private final boolean allBlocks;
        private final boolean snapshot;
        private final Path image;
        private final Path restored;
        private final Path wholeImage;
        private final Path wholeRestored;
        private final String allocator;
        private String used;

        Work(Path device, boolean allBlocks, boolean snapshot, Path folder) throws ImagingException {
            this.device = device;
            this.allBlocks = allBlocks;
            this.snapshot = snapshot;
            this.image = folder.resolve("image.skzimg");
            this.restored = folder.resolve("restored.raw");
            this.wholeImage = folder.resolve("whole.skzimg");
            this.wholeRestored = folder.resolve("whole.raw");
            this.allocator = service.image(imaging(wholeImage), JobMonitor.NONE).allocator();
            service.restore(restoring(wholeImage, wholeRestored), JobMonitor.NONE);
        }

        void round() throws Exception {
            do {
                Files.deleteIfExists(image);
                begun(job -> used = service.image(imaging(image), job).allocator());
                // a volume whose allocator is away when the job begins is imaged whole
            } while (!used.equals(allocator));
            assertEquals(-1, Files.mismatch(wholeImage, image));
            begun(job -> assertEquals(List.of(), service.verify(new VerifyRequest(image.toString(), false, TWO), job).damages()));
            begun(job -> service.restore(restoring(image, restored), job));
            assertEquals(-1, Files.mismatch(wholeRestored, restored));
            Files.delete(image);
            Files.delete(restored);
        }

        private ImageRequest imaging(Path target) {
            return new ImageRequest(device.toString(), target.toString(), ImageRequest.Output.DEFAULT,
                    new ImageRequest.Source(allBlocks, true, 0, 0, snapshot), ImageRequest.ReadErrors.DEFAULT,
                    new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                            OptionalLong.of(8 * FRAME)), TWO, List.of("sha256"));
        }

        private RestoreRequest restoring(Path from, Path to) {
            return new RestoreRequest(from.toString(), to.toString(), false, !allBlocks, false, true, TWO);
        }
    }

    /** The classes of a bundle that another revision of it took the place of. */
    private record Replaced(String bundle, WeakReference<ClassLoader> classes) {
        boolean isThere() {
            return classes.get() != null;
        }
    }

    private interface Step {
        void with(JobMonitor monitor) throws ImagingException;
    }

    /**
     * Runs a job. One that finds a plug-in missing when it begins is refused, as it should be, and tried again: also one that has
     * waited for the replacement of another plug-in before, which it asks for by name, and has read nothing yet.
     */
    private static void begun(Step step) throws ImagingException, InterruptedException {
        while (true) {
            AtomicBoolean begun = new AtomicBoolean();
            try {
                step.with(new JobMonitor() {
                    @Override
                    public void progress(Progress progress) {
                        begun.set(true);
                    }
                });
                return;
            } catch (UsageException | PluginMissingException | ImageFormatException e) {
                if (begun.get()) {
                    throw e;
                }
                Thread.sleep(5);
            }
        }
    }
}
