package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that is away before the first frame was written, for a while. */
class TargetAwayAtFirstTest {
    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private Path device;
    private Path image;
    private Path partial;

    @BeforeEach
    void leaveAnUnfinishedImageOfWhatTheDeviceWas() throws Exception {
        device = Files.write(folder.resolve("device.raw"), random(1));
        image = folder.resolve("disk.skzimg");
        partial = folder.resolve("disk.skzimg.partial");
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> engine.image(request(false), new JobMonitor() {
            @Override
            public boolean cancelled() {
                return partialLength() > 1 << 20 && asked.incrementAndGet() > 1;
            }
        })).isInstanceOf(CancelledException.class);
        assertThat(partial).exists();
        Files.write(device, random(2));
    }

    @Test
    void aFreshImageThatCannotBeBegunAtOnceTakesNothingFromAnEarlierOne() throws Exception {
        AtomicInteger failures = failFirst("create", 1);
        ImageResult result = engine.image(request(true), JobMonitor.NONE);
        assertThat(failures).hasValue(0);
        assertThat(result.resumed()).isEmpty();
        assertThatImageHoldsTheDevice();
    }

    @Test
    void aFileThatCanNeitherBeWrittenNorTakenAwayIsBegunAgain() throws Exception {
        AtomicInteger writes = failFirst("write", 1);
        AtomicInteger discards = failFirst("discard", 1);
        ImageResult result = engine.image(request(true), JobMonitor.NONE);
        assertThat(writes).hasValue(0);
        assertThat(discards).hasValue(0);
        assertThat(result.resumed()).isEmpty();
        assertThatImageHoldsTheDevice();
    }

    private void assertThatImageHoldsTheDevice() throws Exception {
        Path back = folder.resolve("back.raw");
        engine.restore(TestEngine.restore(image, back), JobMonitor.NONE);
        assertThat(Files.mismatch(device, back)).isEqualTo(-1);
        assertThat(partial).doesNotExist();
    }

    private ImageRequest request(boolean overwrite) {
        ImageRequest usual = TestEngine.request(device, image, true, 1);
        return new ImageRequest(usual.device(), usual.target(), new ImageRequest.Output(overwrite, false, false,
                Optional.empty(), Duration.ofSeconds(30)), usual.source(), usual.readErrors(), usual.layout(),
                usual.pipeline(), usual.linearHashes());
    }

    private long partialLength() {
        return partial.toFile().length();
    }

    /** Makes the first {@code times} calls of {@code method} fail as a share that is away does, on stores and their files. */
    private AtomicInteger failFirst(String method, int times) {
        AtomicInteger left = new AtomicInteger(times);
        ImageStore real = engine.installed().stores().all().get(0);
        engine.installed().stores().add(failing(ImageStore.class, real, method, left), engine.installed().stores().all().size(),
                () -> Origin.ofModule(real));
        return left;
    }

    private static <T> T failing(Class<T> type, T real, String method, AtomicInteger left) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            if (called.getName().equals(method) && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                throw new TargetException("share", -1, "the share is away", null, null, true);
            }
            try {
                Object result = called.invoke(real, args);
                return result instanceof ImageFile file ? failing(ImageFile.class, file, method, left) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static byte[] random(int seed) {
        byte[] content = new byte[6 << 20];
        new Random(seed).nextBytes(content);
        return content;
    }
}
