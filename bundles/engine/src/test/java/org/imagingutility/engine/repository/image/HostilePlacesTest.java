package org.imagingutility.engine.repository.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.blobs.BlobStoreWrapper;
import org.imagingutility.tck.blobs.HostileBlobStores;
import org.imagingutility.tck.blobs.MemoryBlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs into places that go wrong: what is said to be an image is one, and what a run left is of use to the next. */
class HostilePlacesTest {
    private static final int FRAME = 256 << 10;
    private static final int FRAMES = 5;
    private static final String PLACE = "memory:r";
    private static final String IMAGE = PLACE + "#a";

    @TempDir
    private Path folder;

    private final MemoryBlobStore memory = new MemoryBlobStore(PLACE);
    private UnaryOperator<BlobStore> fault = UnaryOperator.identity();
    private TestEngine engine;
    private Path device;

    @BeforeEach
    void begin() throws Exception {
        engine = new TestEngine();
        engine.installed().blobStores().add(new BlobStoreProvider() {
            @Override
            public String name() {
                return "memory";
            }

            @Override
            public boolean accepts(String reference) {
                return reference.startsWith("memory:");
            }

            @Override
            public BlobStore open(String reference) {
                return fault.apply(memory);
            }
        }, 1, () -> Origin.ofModule(this));
        engine.initRepository(PLACE);
        device = device(1);
    }

    private Path device(long seed) throws Exception {
        byte[] content = new byte[FRAMES * FRAME];
        new Random(seed).nextBytes(content);
        return Files.write(folder.resolve("device" + seed), content);
    }

    private void image() throws ImagingException {
        var request = TestEngine.request(device, folder, true, 1);
        engine.image(new org.imagingutility.api.job.ImageRequest(request.device(), IMAGE, request.output(), request.source(), request.readErrors(),
                request.layout(), request.pipeline(), List.of()), JobMonitor.NONE);
    }

    /** Every image that is listed restores, and nothing that an image needs is missing. */
    private void allIsSound(int images, Path content) throws Exception {
        fault = UnaryOperator.identity();
        assertThat(engine.checkRepository(new RepositoryCheckRequest(PLACE, 1), JobMonitor.NONE).damages()).isEmpty();
        List<RepositoryImage> all = engine.images(PLACE, Optional.empty());
        assertThat(all).hasSizeGreaterThanOrEqualTo(images);
        for (RepositoryImage image : all) {
            Path back = folder.resolve("back");
            Files.deleteIfExists(back);
            engine.restore(new RestoreRequest(image.reference(), back.toString(), false, false, true, PipelineOptions.DEFAULT), JobMonitor.NONE);
            assertThat(Files.mismatch(back, content)).isEqualTo(-1);
        }
    }

    @Test
    void whatFailsNowAndThenIsTriedAgain() throws Exception {
        fault = store -> HostileBlobStores.flaky(store, 3);
        image();
        allIsSound(1, device);
    }

    @Test
    void aTornPutIsMadeGood() throws Exception {
        fault = store -> HostileBlobStores.tearing(store, 3);
        image();
        allIsSound(1, device);
    }

    @Test
    void listsThatLagCostNothingButRequests() throws Exception {
        fault = store -> HostileBlobStores.lagging(store, Set.of());
        image();
        long frames = memory.list("frames/", "", 1000).size();
        image();
        assertThat(memory.list("frames/", "", 1000)).hasSize((int) frames);
        allIsSound(1, device);
    }

    @Test
    void nothingIsEverDeletedOrReplaced() throws Exception {
        fault = HostileBlobStores::retaining;
        image();
        image();
        allIsSound(1, device);
    }

    @Test
    void aFullPlaceIsSaidAndLeavesNoImage() throws Exception {
        fault = store -> HostileBlobStores.full(store, 2 * FRAME);
        assertThatThrownBy(this::image).isInstanceOfSatisfying(BlobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL));
        fault = UnaryOperator.identity();
        assertThat(engine.images(PLACE, Optional.empty())).isEmpty();
        image();
        allIsSound(1, device);
    }

    /** As if the process was killed between any two calls: no call gets through any more. */
    @Test
    void aRunThatDiesAtAnyCallLeavesNoImageThatLacksSomething() throws Exception {
        for (int calls = 0;; calls++) {
            memory.list("", "", 10_000).stream().filter(one -> !one.key().equals("repository.json")).forEach(one -> remove(one.key()));
            AtomicLong left = new AtomicLong(calls);
            fault = store -> new Dying(store, left);
            boolean died = false;
            try {
                image();
            } catch (ImagingException e) {
                died = true;
            }
            allIsSound(0, device);
            Set<String> stored = Set.copyOf(memory.list("frames/", "", 10_000).stream().map(BlobInfo::key).toList());
            image();
            assertThat(memory.list("frames/", "", 10_000)).as("after call %d", calls).hasSize(FRAMES).extracting(BlobInfo::key).containsAll(stored);
            assertThat(engine.images(PLACE, Optional.empty())).isNotEmpty();
            if (!died) {
                assertThat(calls).isGreaterThan(FRAMES);
                break;
            }
        }
        allIsSound(1, device);
    }

    private void remove(String key) {
        try {
            memory.delete(key);
        } catch (ImagingException e) {
            throw new AssertionError(e);
        }
    }

    /** A place that nothing reaches after some calls. */
    private static final class Dying extends BlobStoreWrapper {
        private final AtomicLong left;

        Dying(BlobStore store, AtomicLong left) {
            super(store);
            this.left = left;
        }

        private void call() throws BlobException {
            if (left.getAndDecrement() <= 0) {
                throw new BlobException(reference(), "", Reason.FAILED, "killed", null, null);
            }
        }

        @Override
        public Optional<BlobInfo> stat(String key) throws ImagingException {
            call();
            return super.stat(key);
        }

        @Override
        public void get(String key, long offset, ByteBuffer target) throws ImagingException {
            call();
            super.get(key, offset, target);
        }

        @Override
        public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
            call();
            super.putIfAbsent(key, content);
        }

        @Override
        public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
            call();
            return super.list(prefix, after, limit);
        }

        @Override
        public void delete(String key) throws ImagingException {
            call();
            super.delete(key);
        }
    }
}
