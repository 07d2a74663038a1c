package org.imagingutility.itests;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.itests.BundleSwaps.Way;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Each bundle that an image is served with is replaced in each way while clients read at random: they wait, and every byte is right. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ServeSwapIT {
    private static final String OWN = "org.imagingutility.";
    private static final int FRAME = 64 << 10;
    private static final int LENGTH = 48 * FRAME + 512;
    private static final int MORE = 10;
    private static final long SECONDS = 60;
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;
    private final Serving monitor = new Serving();
    private BundleSwaps swaps;
    private byte[] content;
    private Path folder;
    private Path socket;
    private CompletableFuture<ServeResult> serving;

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("serve-swap", name -> true);
    }

    /** Ends the server when it is told to. */
    private static final class Serving extends Noting {
        private volatile boolean over;

        @Override
        public boolean cancelled() {
            return over;
        }
    }

    @Before
    public void serve() throws Exception {
        swaps = new BundleSwaps(context);
        // short, as names of sockets must be
        folder = Files.createTempDirectory("nbd");
        socket = folder.resolve("s");
        content = new byte[LENGTH];
        new Random(3).nextBytes(content);
        Arrays.fill(content, 10 * FRAME, 14 * FRAME, (byte) 0);
        Arrays.fill(content, 20 * FRAME, 30 * FRAME, (byte) 'x');
        Path disk = Files.write(folder.resolve("disk.raw"), content);
        Path image = folder.resolve("disk.skzimg");
        service.image(new ImageRequest(disk.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, new ImageRequest.Layout("skz", Optional.empty(),
                        OptionalInt.empty(), OptionalInt.of(FRAME), OptionalLong.of(8 * FRAME)), TWO, List.of()), JobMonitor.NONE);
        // the smallest cache: most reads need a frame that is not there
        ServeRequest request = new ServeRequest("nbd", List.of(new ServeRequest.Export("", image.toString(), false, Optional.empty())),
                new ServeSettings(new Endpoint.UnixSocket(socket.toString()), Optional.empty(), 8), ServeRequest.MIN_CACHE, TWO);
        serving = CompletableFuture.supplyAsync(() -> served(request), run -> new Thread(run, "serving").start());
    }

    private ServeResult served(ServeRequest request) {
        try {
            return service.serve(request, monitor);
        } catch (ImagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @After
    public void end() throws Exception {
        monitor.over = true;
        ServeResult result = serving.get(SECONDS, TimeUnit.SECONDS);
        Files.delete(folder.resolve("disk.raw"));
        Files.delete(folder.resolve("disk.skzimg"));
        // the server has removed its socket
        Files.delete(folder);
        assertEquals("requests that were answered by an error", 0, result.statistics().errors());
    }

    @Test
    public void whateverIsReplacedClientsReadOn() throws Exception {
        try (RandomReading one = new RandomReading(socket, content, 1).start();
                RandomReading other = new RandomReading(socket, content, 2).start()) {
            for (String bundle : List.of("codec.zstd", "store.file", "format.skz", "serve.nbd")) {
                for (Way way : Way.values()) {
                    one.awaitMore(MORE);
                    other.awaitMore(MORE);
                    int connections = one.connections() + other.connections();
                    swaps.swap(OWN + bundle, way);
                    one.awaitMore(MORE);
                    other.awaitMore(MORE);
                    String what = bundle + " " + way + ": " + monitor.states() + monitor.notices();
                    int more = one.connections() + other.connections() - connections;
                    if (bundle.equals("serve.nbd")) {
                        assertTrue(what + ": connected " + more + " times", more >= 2);
                    } else {
                        assertEquals(what, 0, more);
                    }
                }
            }
        }
    }

    @Test
    public void aClientWaitsAsLongAsAPartIsMissing() throws Exception {
        for (String part : List.of("store.file image store file", "format.skz container format skz", "codec.zstd codec zstd")) {
            String[] names = part.split(" ", 2);
            Bundle bundle = swaps.bundle(OWN + names[0]);
            try (NbdReader reader = connected()) {
                assertArrayEquals(Arrays.copyOf(content, 10), reader.read(0, 10));
                bundle.stop();
                CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> all(reader), run -> new Thread(run, "reading").start());
                awaitState("WAITING " + names[1]);
                // the cache holds a third of it at most, so this cannot come to its end
                assertFalse(part, read.isDone());
                bundle.start();
                assertArrayEquals(part, content, read.get(SECONDS, TimeUnit.SECONDS));
            }
        }
    }

    private NbdReader connected() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);; Thread.sleep(5)) {
            try {
                return NbdReader.connect(socket);
            } catch (IOException e) {
                assertTrue("the server does not begin: " + monitor.notices(), System.nanoTime() < end && !serving.isDone());
            }
        }
    }

    private static byte[] all(NbdReader reader) {
        try {
            return reader.read(0, LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitState(String state) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); !monitor.states().contains(state); Thread.sleep(5)) {
            assertTrue(state + " is missing in " + monitor.states() + monitor.notices(), System.nanoTime() < end);
        }
    }
}
