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
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.SwapPolicy;

/** A small disk, an engine, and plug-ins that are taken away and put back by threads of their own. */
final class SwapTrial {
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
        engine.installed().policy(new SwapPolicy(Duration.ofSeconds(20), Duration.ofSeconds(10)));
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

    PluginSet<?> set(String kind) {
        return switch (kind) {
            case "codec" -> engine.installed().codecs();
            case "device provider" -> engine.installed().deviceProviders();
            case "allocator" -> engine.installed().allocators();
            case "container format" -> engine.installed().formats();
            case "image store" -> engine.installed().stores();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Takes all plug-ins of a kind away and puts them back after a while, in another thread, as bundles that are updated. */
    void swap(String kind, long awayMillis) {
        swap(set(kind), awayMillis);
    }

    private <P> void swap(PluginSet<P> set, long awayMillis) {
        Thread thread = new Thread(() -> {
            try {
                List<P> all = set.all();
                all.forEach(set::remove);
                Thread.sleep(awayMillis);
                all.forEach(plugin -> set.add(plugin, 0, () -> Origin.ofModule(plugin)));
            } catch (InterruptedException | RuntimeException | Error e) {
                failures.add(e);
            }
        }, "swap");
        threads.add(thread);
        thread.start();
    }

    /** Waits until nothing is on its way. */
    void settle() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(30_000);
            if (thread.isAlive()) {
                throw new AssertionError(thread + " still runs");
            }
        }
        threads.clear();
        if (!failures.isEmpty()) {
            throw new AssertionError("swapping failed", failures.get(0));
        }
    }
}
