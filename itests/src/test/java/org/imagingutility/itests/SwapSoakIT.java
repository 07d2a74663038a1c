package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.itests.BundleSwaps.Way;
import org.imagingutility.tck.RandomSeed;
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
 * {@code imaging.swaps}, the order by {@link RandomSeed}.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapSoakIT {
    private static final int SWAPS = Integer.getInteger("imaging.swaps", 24);
    private static final long SEED = RandomSeed.get();
    private static final int WARM_UP = 12;
    private static final int FRAME = 64 << 10;
    private static final int LENGTH = 64 * FRAME;
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);
    private static final List<String> BUNDLES = List.of("org.imagingutility.codec.zstd", "com.github.luben.zstd-jni",
            "org.imagingutility.device.file", "org.imagingutility.format.skz", "org.imagingutility.store.file",
            "org.imagingutility.allocator.all", "org.imagingutility.allocator.ntfs", "org.imagingutility.command");
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int swapped;
    private final List<WeakReference<ClassLoader>> gone = new ArrayList<>();

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("soak", name -> true);
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
            return Files.exists(maps) ? (int) Files.readAllLines(maps).stream().filter(line -> line.contains("libzstd"))
                    .map(line -> line.substring(line.indexOf('/'))).distinct().count() : 0;
        }
    }

    @Test
    public void nothingStaysBehindAfterManySwapsUnderLoad() throws Exception {
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        byte[] content = new byte[LENGTH];
        new Random(9).nextBytes(content);
        Path disk = Files.write(folder.resolve("soak.raw"), content);
        Path whole = folder.resolve("whole.skzimg");
        service.image(request(disk, whole), JobMonitor.NONE);
        Random random = new Random(SEED);
        BundleSwaps swaps = new BundleSwaps(context);
        Held before;
        List<Thread> load = List.of(new Thread(() -> work(folder.resolve("a"), disk, whole), "load-a"),
                new Thread(() -> work(folder.resolve("b"), disk, whole), "load-b"));
        load.forEach(Thread::start);
        try {
            swapSome(swaps, random, WARM_UP);
            pauseLoad(load);
            before = settled(null);
            stop.set(false);
            swapped = 0;
            load = List.of(new Thread(() -> work(folder.resolve("a"), disk, whole), "load-a"),
                    new Thread(() -> work(folder.resolve("b"), disk, whole), "load-b"));
            load.forEach(Thread::start);
            swapSome(swaps, random, SWAPS);
        } finally {
            pauseLoad(load);
        }
        Held after = settled(before);
        long left = gone.stream().filter(reference -> reference.get() != null).count();
        String figures = swapped + " swaps by seed " + SEED + " under " + rounds.get() + " rounds of jobs; before " + before
                + ", after " + after + ", class loaders gone " + (gone.size() - left) + " of " + gone.size();
        Files.writeString(Path.of(System.getProperty(ContainerOptions.FOLDER)).resolve("soak.txt"), figures + "\n");
        if (failure.get() != null) {
            throw new AssertionError(figures, failure.get());
        }
        assertTrue(figures, rounds.get() > 0);
        assertEquals(figures, 0, left);
        assertTrue(figures, after.threads() <= before.threads());
        assertTrue(figures, after.directBytes() <= before.directBytes() + (1 << 20));
        assertTrue(figures, after.files() <= before.files());
        assertTrue(figures, after.libraries() <= before.libraries());
    }

    private void swapSome(BundleSwaps swaps, Random random, int count) throws Exception {
        for (int i = 0; i < count && failure.get() == null; i++) {
            String name = BUNDLES.get(random.nextInt(BUNDLES.size()));
            Way way = Way.values()[random.nextInt(Way.values().length)];
            Bundle bundle = swaps.bundle(name);
            ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
            swaps.swap(name, way);
            swapped++;
            if (way != Way.STOP_AND_START) {
                gone.add(new WeakReference<>(loader));
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

    /** Collects garbage until what is held is no more than {@code wanted}, or for half a minute; null to do it a few times. */
    private Held settled(Held wanted) throws Exception {
        Held held = Held.now();
        for (int i = 0; i < 60; i++) {
            System.gc();
            Thread.sleep(wanted == null ? 100 : 250);
            held = Held.now();
            boolean done = wanted == null ? i >= 8 : held.threads() <= wanted.threads() && held.files() <= wanted.files()
                    && held.directBytes() <= wanted.directBytes() && held.libraries() <= wanted.libraries();
            if (done && gone.stream().allMatch(reference -> reference.get() == null)) {
                break;
            }
        }
        return held;
    }

    private void work(Path folder, Path disk, Path whole) {
        try {
            Files.createDirectories(folder);
            while (!stop.get()) {
                Path image = folder.resolve("image.skzimg");
                Path restored = folder.resolve("restored.raw");
                begun(job -> service.image(request(disk, image), job));
                assertEquals(-1, Files.mismatch(whole, image));
                begun(job -> assertEquals(List.of(), service.verify(new VerifyRequest(image.toString(), false, TWO), job).damages()));
                begun(job -> service.restore(new RestoreRequest(image.toString(), restored.toString(), false, false, true, TWO), job));
                assertEquals(-1, Files.mismatch(disk, restored));
                Files.delete(image);
                Files.delete(restored);
                rounds.incrementAndGet();
            }
        } catch (Exception | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private interface Work {
        void with(JobMonitor monitor) throws ImagingException;
    }

    /** Runs a job. One that finds a plug-in missing when it begins is refused, as it should be, and tried again. */
    private static void begun(Work work) throws ImagingException, InterruptedException {
        while (true) {
            AtomicBoolean begun = new AtomicBoolean();
            try {
                work.with(new JobMonitor() {
                    @Override
                    public void progress(Progress progress) {
                        begun.set(true);
                    }

                    @Override
                    public void state(JobState state, String reason) {
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

    private static ImageRequest request(Path device, Path image) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(8 * FRAME)), TWO, List.of("sha256"));
    }
}
