package org.imagingutility.engine.repository.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryCopyResult;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.engine.CountedCodec;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.blobs.BlobStoreWrapper;
import org.imagingutility.tck.blobs.MemoryBlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between repositories in folders and in memory. */
class RepositoryCopyTest {
    private static final int FRAME = 256 << 10;
    private static final int FRAMES = 6;
    private static final String MEMORY = "memory:to";

    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private final CountedCodec codec = new CountedCodec(engine);
    private String from;
    private String to;
    private Path device;

    @BeforeEach
    void begin() throws Exception {
        from = folder.resolve("from").toString();
        to = folder.resolve("to").toString();
        engine.initRepository(from);
        engine.initRepository(to);
        byte[] content = new byte[FRAMES * FRAME - 512];
        new Random(3).nextBytes(content);
        // half of each frame can be compressed: another level gives other stored bytes
        for (int at = 0; at < content.length; at++) {
            content[at] = at % FRAME < FRAME / 2 ? (byte) (content[at] & 3) : content[at];
        }
        Arrays.fill(content, FRAME, 2 * FRAME, (byte) 0);
        device = Files.write(folder.resolve("device"), content);
    }

    private void image(Path of, String repository, String name, int level) throws ImagingException {
        ImageRequest usual = TestEngine.request(of, Path.of(repository + "#" + name), true, 2);
        ImageRequest.Layout layout = new ImageRequest.Layout("repository", Optional.empty(), OptionalInt.of(level), OptionalInt.of(FRAME),
                OptionalLong.of(4L * FRAME));
        engine.image(new ImageRequest(usual.device(), usual.target(), usual.output(), usual.source(), usual.readErrors(), layout,
                usual.pipeline(), List.of()), JobMonitor.NONE);
    }

    private RepositoryCopyResult copy(String target, String... images) throws ImagingException {
        return engine.copyImages(new RepositoryCopyRequest(from, target, List.of(images), 2), JobMonitor.NONE);
    }

    private static Map<String, byte[]> objects(String repository, String below) throws IOException {
        Map<String, byte[]> objects = new TreeMap<>();
        try (Stream<Path> all = Files.walk(Path.of(repository, below))) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                objects.put(Path.of(repository).relativize(each).toString(), Files.readAllBytes(each));
            }
        }
        return objects;
    }

    private void isWhole(String repository, int images, Path content) throws Exception {
        assertThat(engine.checkRepository(new RepositoryCheckRequest(repository, 1), JobMonitor.NONE).damages()).isEmpty();
        List<RepositoryImage> all = engine.images(repository, RepositoryFilter.ALL);
        assertThat(all).hasSize(images);
        for (RepositoryImage image : all) {
            Path back = folder.resolve("back");
            Files.deleteIfExists(back);
            engine.restore(new RestoreRequest(image.reference(), back.toString(), false, false, true, PipelineOptions.DEFAULT), JobMonitor.NONE);
            assertThat(Files.mismatch(back, content)).isEqualTo(-1);
        }
    }

    @Test
    void framesAndTablesAreCopiedByteForByteAndNothingIsCompressed() throws Exception {
        image(device, from, "a", 3);
        long before = codec.compressed();
        RepositoryCopyResult result = copy(to);
        assertThat(codec.compressed() - before).isZero();
        assertThat(result).isEqualTo(new RepositoryCopyResult(1, 0, FRAMES, FRAMES, result.bytesSent(), List.of()));
        for (String below : List.of("frames", "chunks")) {
            assertThat(objects(to, below)).containsExactlyInAnyOrderEntriesOf(objects(from, below));
        }
        RepositoryImage original = engine.images(from, RepositoryFilter.ALL).get(0);
        RepositoryImage copied = engine.images(to, RepositoryFilter.ALL).get(0);
        assertThat(copied.info().orElseThrow().digests()).isEqualTo(original.info().orElseThrow().digests());
        assertThat(copied.info().orElseThrow().spec()).isEqualTo(original.info().orElseThrow().spec());
        assertThat(copied.info().orElseThrow().statistics()).isEqualTo(original.info().orElseThrow().statistics());
        isWhole(to, 1, device);
    }

    @Test
    void whatIsThereIsNotSent() throws Exception {
        image(device, from, "a", 3);
        copy(to);
        Map<String, byte[]> before = objects(to, "");
        RepositoryCopyResult again = copy(to);
        assertThat(again).isEqualTo(new RepositoryCopyResult(0, 1, FRAMES, 0, 0, List.of()));
        assertThat(objects(to, "")).containsExactlyInAnyOrderEntriesOf(before);
        image(device, from, "b", 3);
        assertThat(copy(to, "b")).isEqualTo(new RepositoryCopyResult(1, 0, FRAMES, 0, 0, List.of()));
        isWhole(to, 2, device);
    }

    @Test
    void framesThatAreAlikeCountOnce() throws Exception {
        byte[] content = new byte[24 * FRAME];
        Arrays.fill(content, (byte) 7);
        image(Files.write(folder.resolve("alike"), content), from, "alike", 3);
        RepositoryCopyResult result = engine.copyImages(new RepositoryCopyRequest(from, to, List.of(), 8), JobMonitor.NONE);
        assertThat(result.frames()).isEqualTo(24);
        assertThat(result.framesSent()).isEqualTo(1);
    }

    @Test
    void framesThatAreThereInAnotherFormAreSharedAndTheCopyStaysTheSameOne() throws Exception {
        image(device, to, "own", 19);
        image(device, from, "a", 1);
        RepositoryCopyResult result = copy(to);
        assertThat(result.framesSent()).isLessThan(FRAMES);
        assertThat(result.copied()).isEqualTo(1);
        // frames that come in other forms meanwhile do not make another image of it
        copyOfFirstForm();
        assertThat(copy(to)).isEqualTo(new RepositoryCopyResult(0, 1, FRAMES, 0, 0, List.of()));
        isWhole(to, 2, device);
    }

    /** Brings the frames of {@code from} into {@code to} as they are there, beside those that are in it. */
    private void copyOfFirstForm() throws IOException {
        for (Map.Entry<String, byte[]> frame : objects(from, "frames").entrySet()) {
            Files.write(Path.of(to).resolve(frame.getKey()), frame.getValue());
        }
    }

    @Test
    void aFrameThatWasLostOrCutIsPutAgain() throws Exception {
        image(device, from, "a", 3);
        copy(to);
        Path[] frames = objects(to, "frames").keySet().stream().map(Path.of(to)::resolve).toArray(Path[]::new);
        Files.delete(frames[0]);
        Files.write(frames[1], new byte[] {1, 2, 3});
        assertThat(engine.checkRepository(new RepositoryCheckRequest(to, 0), JobMonitor.NONE).intact()).isFalse();
        RepositoryCopyResult healed = copy(to);
        assertThat(healed.framesSent()).isPositive();
        assertThat(healed.there()).isEqualTo(1);
        isWhole(to, 1, device);
    }

    @Test
    void aDamagedImageIsNamedAndKeepsNoOther() throws Exception {
        image(device, from, "a", 3);
        Map<String, byte[]> ofA = objects(from, "frames");
        byte[] other = Files.readAllBytes(device);
        new Random(9).nextBytes(other);
        Path second = Files.write(folder.resolve("second"), other);
        image(second, from, "b", 3);
        Path rotten = Path.of(from).resolve(ofA.keySet().iterator().next());
        byte[] bytes = Files.readAllBytes(rotten);
        bytes[bytes.length / 2] ^= 1;
        Files.write(rotten, bytes);
        RepositoryCopyResult result = copy(to);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.failures()).singleElement().satisfies(failure -> assertThat(failure.image()).contains("#a@"));
        assertThat(result.copied()).isEqualTo(1);
        assertThat(objects(to, "frames")).doesNotContainKey(Path.of(from).relativize(rotten).toString());
        isWhole(to, 1, second);
    }

    @Test
    void imagesAreChosenByNameAndTime() throws Exception {
        image(device, from, "a", 3);
        image(device, from, "b", 3);
        RepositoryImage b = engine.images(from, Optional.of("b")).get(0);
        assertThat(copy(to, b.reference()).copied()).isEqualTo(1);
        assertThat(engine.images(to, RepositoryFilter.ALL)).extracting(RepositoryImage::name).containsExactly("b");
        assertThat(copy(to, b.reference().substring(from.length() + 1), "a", "a").there()).isEqualTo(1);
        assertThat(engine.images(to, RepositoryFilter.ALL)).extracting(RepositoryImage::name).containsExactly("a", "b");
        assertThatThrownBy(() -> copy(to, "c")).isInstanceOf(ImageReadException.class);
        assertThatThrownBy(() -> copy(to, "No Name")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> copy(to, to + "#a")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> copy(from)).isInstanceOf(UsageException.class).hasMessageContaining("the same repository");
        assertThatThrownBy(() -> copy(folder.toString())).isInstanceOf(UsageException.class).hasMessageContaining("is no repository");
    }

    /** As if the process was killed at any put: what was sent is found by the next copy. */
    @Test
    void aCopyThatDiesAtAnyPutIsGoneOnWith() throws Exception {
        image(device, from, "a", 3);
        MemoryBlobStore memory = new MemoryBlobStore(MEMORY);
        AtomicLong left = new AtomicLong(Long.MAX_VALUE);
        engine.installed().blobStores().add(provider(new Dying(memory, left)), 1, () -> Origin.ofModule(this));
        engine.initRepository(MEMORY);
        long sent = 0;
        boolean died = true;
        for (int runs = 0; died; runs++) {
            assertThat(runs).isLessThan(2 * FRAMES);
            long objects = memory.list("", "", 1000).size();
            left.set(1);
            try {
                RepositoryCopyResult result = copy(MEMORY);
                died = false;
                sent = result.framesSent();
            } catch (BlobException e) {
                assertThat(memory.list("", "", 1000)).as("one more each time").hasSize((int) objects + 1);
                assertThat(engine.images(MEMORY, RepositoryFilter.ALL)).isEmpty();
            }
        }
        left.set(Long.MAX_VALUE);
        assertThat(sent).isLessThanOrEqualTo(1);
        isWhole(MEMORY, 1, device);
    }

    private static BlobStoreProvider provider(BlobStore store) {
        return new BlobStoreProvider() {
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
                return store;
            }
        };
    }

    /** A place that takes nothing after some puts. */
    private static final class Dying extends BlobStoreWrapper {
        private final AtomicLong left;

        Dying(BlobStore store, AtomicLong left) {
            super(store);
            this.left = left;
        }

        @Override
        public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
            if (stat(key).isEmpty() && left.getAndDecrement() <= 0) {
                throw new BlobException(reference(), key, BlobException.Reason.FAILED, "killed", null, null);
            }
            super.putIfAbsent(key, content);
        }
    }
}
