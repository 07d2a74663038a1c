package org.imagingutility.engine.swap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.SwapPolicy;

/** A small disk, an engine, and plug-ins that are taken away and put back by threads of their own. */
final class SwapTrial {
    static final Duration DRAIN = Duration.ofSeconds(30);
    static final int FRAME = 64 << 10;
    static final int LENGTH = 6 * (1 << 20) + 1536;
    private static final String[] KINDS = {"codec", "device provider", "allocator", "container format", "image store"};

    final TestEngine engine = new TestEngine();
    final Path folder;
    final Path device;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    SwapTrial(Path folder) throws Exception {
        this.folder = folder;
        byte[] content = new byte[LENGTH];
        new Random(5).nextBytes(content);
        for (int at = 0; at + FRAME < LENGTH; at += 3 * FRAME) {
            Arrays.fill(content, at, at + FRAME / 2, (byte) (at / FRAME));
        }
        Arrays.fill(content, 2 << 20, (2 << 20) + 5 * FRAME, (byte) 0);
        device = Files.write(folder.resolve("device.raw"), content);
        engine.installed().policy(new SwapPolicy(Duration.ofSeconds(60), DRAIN));
    }

    static List<String> kinds() {
        return List.of(KINDS);
    }

    /** Returns a request whose image has many small chunks and frames. */
    ImageRequest request(Path image) {
        return request(image, List.of("sha256"));
    }

    ImageRequest request(Path image, List<String> hashes) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(16 * FRAME)),
                new PipelineOptions(2, 0, true), hashes);
    }

    /** Returns a request to continue with what an earlier run left. */
    ImageRequest resumed(Path image) {
        ImageRequest fresh = request(image);
        return new ImageRequest(fresh.device(), fresh.target(), new ImageRequest.Output(false, false, false,
                Optional.of(ImageRequest.ResumeCheck.QUICK), Duration.ZERO), fresh.source(), fresh.readErrors(),
                fresh.layout(), fresh.pipeline(), fresh.linearHashes());
    }

    /** Returns the name of the plug-in of a kind that jobs here use. */
    String name(String kind) {
        return switch (kind) {
            case "codec" -> "zstd";
            case "allocator" -> "all";
            case "container format" -> "skz";
            default -> "file";
        };
    }

    /** Takes the plug-ins of a kind away and puts them back, in the calling thread. */
    void swapHere(String kind) {
        putBack(set(kind));
    }

    private static <P> void putBack(PluginSet<P> set) {
        List<P> all = set.all();
        all.forEach(set::remove);
        all.forEach(plugin -> set.add(plugin, 0, () -> Origin.ofModule(plugin)));
    }

    PluginSet<?> set(String kind) {
        return switch (kind) {
            case "codec" -> engine.installed().codecs();
            case "device provider" -> engine.installed().deviceProviders();
            case "allocator" -> engine.installed().allocators();
            case "container format" -> engine.installed().formats();
            case "image store" -> engine.installed().stores();
            case "virtual disk" -> engine.installed().virtualDisks();
            case "set format" -> engine.installed().setFormats();
            case "file system reader" -> engine.installed().fileSystemReaders();
            case "partition table" -> engine.installed().partitionTables();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Takes all plug-ins of a kind away and puts them back after a while, in another thread, as bundles that are updated. */
    void swap(String kind, long awayMillis) {
        swap(set(kind), () -> Thread.sleep(awayMillis));
    }

    /** Takes all plug-ins of a kind away, in another thread, and puts them back when it is time to, however long that takes. */
    void swapUntil(String kind, BooleanSupplier time) {
        swap(set(kind), () -> {
            while (!time.getAsBoolean()) {
                Thread.sleep(2);
            }
        });
    }

    /** What is done while plug-ins are away. */
    private interface Absence {
        void pass() throws InterruptedException;
    }

    private <P> void swap(PluginSet<P> set, Absence absence) {
        Thread thread = new Thread(() -> {
            try {
                List<P> all = set.all();
                long begin = System.nanoTime();
                all.forEach(set::remove);
                if (System.nanoTime() - begin > DRAIN.toNanos()) {
                    throw new AssertionError(set.kind() + " was not let go of within " + DRAIN);
                }
                absence.pass();
                all.forEach(plugin -> set.add(plugin, 0, () -> Origin.ofModule(plugin)));
            } catch (InterruptedException | RuntimeException | Error e) {
                failures.add(e);
            }
        }, "swap");
        thread.setDaemon(true);
        threads.add(thread);
        int before = set.all().size();
        thread.start();
        awaitBegin(set, before, thread);
    }

    /** Waits until the thread took plug-ins from the set, or is through; those who use them may still do so then. */
    private static void awaitBegin(PluginSet<?> set, int before, Thread thread) {
        while (set.all().size() == before && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    /**
     * Waits until those who use what is being taken away were told of it, which is when the last thread that takes away waits for them, or is
     * through. A short job could end before that, and would not be interrupted.
     */
    void awaitTold() {
        Thread thread = threads.get(threads.size() - 1);
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    /** Waits until nothing is on its way. */
    void settle() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(60_000);
            if (thread.isAlive()) {
                throw new AssertionError(thread + " still runs");
            }
        }
        threads.clear();
        engine.plugins().stream().filter(plugin -> !plugin.users().isEmpty()).findFirst().ifPresent(plugin -> {
            throw new AssertionError("still used: " + plugin);
        });
        if (!failures.isEmpty()) {
            throw new AssertionError("swapping failed", failures.get(0));
        }
    }
}
