package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.engine.view.Views;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are served while what they are read with is replaced: clients wait, and get what they would have got. */
class ServedSwapTest {
    private static final int CLIENTS = 4;
    private static final int SWAPS = 6;
    /** Smaller than the image, so that frames are read and decoded again and again. */
    private static final long CACHE = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"codec", "container format", "image store"})
    void readersGetWhatTheDeviceHadWhicheverKindIsReplaced(String kind) throws Exception {
        SwapTrial trial = new SwapTrial(folder);
        Path image = folder.resolve("served.skzimg");
        trial.engine.image(trial.request(image), JobMonitor.NONE);
        byte[] content = Files.readAllBytes(trial.device);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (Views views = new Views(trial.engine.installed(), JobMonitor.NONE, CACHE, 2)) {
            ServedDevice device = views.open(new ServeRequest.Export("", image.toString(), false, Optional.empty()));
            List<Thread> clients = new java.util.ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(i);
                Thread client = new Thread(() -> {
                    try {
                        while (!stop.get()) {
                            readSome(device, content, random);
                            reads.incrementAndGet();
                        }
                    } catch (ImagingException | RuntimeException | Error e) {
                        failures.add(e);
                    }
                });
                clients.add(client);
                client.start();
            }
            for (int i = 0; i < SWAPS; i++) {
                long before = reads.get();
                trial.swap(kind, 20);
                // it comes back, and reads go on behind it
                while (failures.isEmpty() && reads.get() < before + 2 * CLIENTS) {
                    Thread.onSpinWait();
                }
            }
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        assertThat(failures).isEmpty();
        trial.settle();
    }

    private static void readSome(ServedDevice device, byte[] content, Random random) throws ImagingException {
        int offset = random.nextInt(content.length);
        ByteBuffer target = ByteBuffer.allocate(Math.min(100_000, content.length - offset));
        device.read(offset, target);
        if (!Arrays.equals(target.array(), Arrays.copyOfRange(content, offset, offset + target.capacity()))) {
            throw new AssertionError("other bytes at " + offset);
        }
    }
}
