package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeReadsTest {
    private static final int CHUNK = 4 << 20;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();

    @Test
    void eachTableIsReadOnceAndThoseOfTheSampleAgain() throws Exception {
        byte[] content = new byte[100 << 20];
        Random random = new Random(5);
        for (int at = 0; at < content.length; at += 4096) {
            for (int i = 0; i < 64; i++) {
                content[at + i] = (byte) random.nextInt();
            }
        }
        Path device = Files.write(folder.resolve("device.raw"), content);
        Path partial = folder.resolve("disk.skzimg.partial");
        // the header and, for each frame, some KiB: long enough for the most of the chunks
        assertThatThrownBy(() -> engine.image(request(device, Optional.empty()), new JobMonitor() {
            @Override
            public boolean cancelled() {
                return partial.toFile().length() > 900 << 10;
            }
        })).isInstanceOf(CancelledException.class);
        AtomicInteger tables = new AtomicInteger();
        ContainerFormat real = engine.installed().formatNamed("skz");
        engine.installed().formats().add(counting(ContainerFormat.class, real, tables), 1, () -> Origin.ofModule(real));
        ImageResult result = engine.image(request(device, Optional.of(ImageRequest.ResumeCheck.QUICK)), JobMonitor.NONE);
        int chunks = result.resumed().orElseThrow().keptChunks();
        assertThat(chunks).isGreaterThan(4);
        // all for the allocation, those with a frame of the sample twice, and the last one for where the file is cut
        assertThat(tables.get()).isBetween(chunks, 3 * chunks + 4);
    }

    private ImageRequest request(Path device, Optional<ImageRequest.ResumeCheck> resume) {
        return new ImageRequest(device.toString(), folder.resolve("disk.skzimg").toString(),
                new ImageRequest.Output(false, false, false, resume, Duration.ZERO),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(64 << 10),
                        OptionalLong.of(CHUNK)), new PipelineOptions(1, 0, true), List.of());
    }

    private static <T> T counting(Class<T> type, T real, AtomicInteger tables) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            if (called.getName().equals("table")) {
                tables.incrementAndGet();
            }
            try {
                Object result = called.invoke(real, args);
                return result instanceof UnfinishedImage image ? counting(UnfinishedImage.class, image, tables) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
