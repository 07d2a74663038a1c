package org.imagingutility.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.read.OpenImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyJobTest {
    private static final int FRAME = 64 << 10;
    private static final int FRAMES = 40;

    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private final List<FrameEntry> frames = new ArrayList<>();

    @BeforeEach
    void makeImage() throws Exception {
        byte[] content = new byte[FRAMES * FRAME];
        new Random(1).nextBytes(content);
        Path raw = Files.write(folder.resolve("device.raw"), content);
        engine.image(new ImageRequest(raw.toString(), path(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(8 * FRAME)),
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
        try (OpenImage image = OpenImage.open(engine.installed(), path())) {
            for (int i = 0; i < image.reader().chunkCount(); i++) {
                frames.addAll(image.reader().table(i).frames());
            }
        }
    }

    @Test
    void listsAllDamageWithItsPlacesAndContinuesBehindIt() throws Exception {
        for (int hurt : new int[] {3, 4, 17, 39}) {
            flip(frames.get(hurt).fileOffset() + 5);
        }
        VerifyResult result = verify(false, false);
        assertThat(result.damageCount()).isEqualTo(4);
        assertThat(result.damages()).extracting(damage -> damage.device().orElseThrow().offset())
                .containsExactly(3L * FRAME, 4L * FRAME, 17L * FRAME, 39L * FRAME);
        assertThat(result.damages()).extracting(damage -> damage.fileOffset()).containsExactly(frames.get(3).fileOffset(),
                frames.get(4).fileOffset(), frames.get(17).fileOffset(), frames.get(39).fileOffset());
        assertThat(result.coverage().complete()).isTrue();
        assertThat(result.coverage().fileBytesChecked()).isEqualTo(Files.size(Path.of(path())));
        assertThat(result.stoppedAtFirst()).isFalse();
    }

    @Test
    void stopsAtTheFirstDamageIfAsked() throws Exception {
        for (int hurt : new int[] {3, 4, 17, 39}) {
            flip(frames.get(hurt).fileOffset() + 5);
        }
        VerifyResult result = verify(true, false);
        assertThat(result.damages()).hasSize(1);
        assertThat(result.damages().get(0).fileOffset()).isEqualTo(frames.get(3).fileOffset());
        assertThat(result.stoppedAtFirst()).isTrue();
        assertThat(result.coverage().framesChecked()).isLessThan(FRAMES);
        assertThat(result.coverage().fileBytesChecked()).isLessThan(Files.size(Path.of(path())));
    }

    @Test
    void namesTheFilesInWhatTheDamageCosts() throws Exception {
        List<ExtentList> asked = new ArrayList<>();
        allocator((ranges, limit) -> {
            asked.add(ranges);
            return List.of(new TouchedFile("/a", 3));
        });
        assertThat(verify(false, false).touchedFiles()).isEmpty();
        assertThat(asked).as("an image without damage costs nothing").isEmpty();
        flip(frames.get(4).fileOffset() + 5);
        flip(frames.get(3).fileOffset() + 5);
        flip(frames.get(20).fileOffset() + 5);
        assertThat(verify(false, false).touchedFiles()).containsExactly(new TouchedFile("/a", 3));
        assertThat(asked).containsExactly(new ExtentList.Builder().add(3 * FRAME, 2 * FRAME).add(20 * FRAME, FRAME).build());
    }

    @Test
    void thatFilesCannotBeNamedIsToldAndHidesNoDamage() throws Exception {
        allocator((ranges, limit) -> {
            throw new FileSystemException("d", 512, "the tree is torn", null);
        });
        flip(frames.get(4).fileOffset() + 5);
        VerifyResult result = verify(false, false);
        assertThat(result.damageCount()).isEqualTo(1);
        assertThat(result.touchedFiles()).isEmpty();
        assertThat(notices).singleElement().asString().contains("cannot be named", "the tree is torn");
    }

    @Test
    void readsFromTheMediumOnlyIfAskedAndSaysWhetherItDid() throws Exception {
        Store store = new Store();
        store.canBypass = false;
        assertThat(verify(false, true).coverage().fromMedium()).isFalse();
        store.canBypass = true;
        store.bypassed.clear();
        assertThat(verify(false, true).coverage().fromMedium()).isTrue();
        assertThat(store.bypassed).containsExactly(true);
        assertThat(verify(false, false).coverage().fromMedium()).isFalse();
        assertThat(store.bypassed).containsExactly(true);
    }

    @Test
    void whatCannotBeReadIsListedAsDamageAndTheRestIsChecked() throws Exception {
        Store store = new Store();
        store.unreadable = frames.get(9).fileOffset() + 100;
        VerifyResult result = verify(false, false);
        assertThat(result.damages()).singleElement().satisfies(damage -> {
            assertThat(damage.fileOffset()).isEqualTo(frames.get(9).fileOffset());
            assertThat(damage.reason()).contains("cannot be read");
            assertThat(damage.device().orElseThrow().offset()).isEqualTo(9L * FRAME);
        });
        assertThat(result.coverage().framesChecked()).isEqualTo(FRAMES);
    }

    private interface FileNames {
        List<TouchedFile> in(ExtentList ranges, int limit) throws ImagingException;
    }

    private void allocator(FileNames files) {
        engine.installed().allocators().add(new Allocator() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Optional<Allocation> recognise(Device device) {
                return Optional.of(new Allocation() {
                    @Override
                    public FileSystemInfo info() {
                        return new FileSystemInfo("test", "", "", 0, 0);
                    }

                    @Override
                    public ExtentCursor extents() {
                        throw new AssertionError("nobody asks");
                    }

                    @Override
                    public List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
                        return files.in(ranges, limit);
                    }
                });
            }
        }, 100, () -> new Origin("test", "1", "ACTIVE"));
    }

    /** The file store, with a cache that can be read past and a place that cannot be read. */
    private final class Store implements ImageStore {
        private final ImageStore files = engine.installed().stores().all().get(0);
        private final List<Boolean> bypassed = new ArrayList<>();
        private boolean canBypass = true;
        private long unreadable = -1;

        Store() {
            engine.installed().stores().add(this, 100, () -> new Origin("test", "1", "ACTIVE"));
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean accepts(String reference) {
            return true;
        }

        @Override
        public ImageFile create(String reference, CreateOptions options) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public ImageFile open(String reference) throws ImagingException {
            ImageFile file = files.open(reference);
            return (ImageFile) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] {ImageFile.class}, (proxy, method, args) -> {
                        if (method.getName().equals("bypassCache")) {
                            bypassed.add((Boolean) args[0]);
                            return canBypass;
                        }
                        if (method.getName().equals("read") && unreadable >= (long) args[0]
                                && unreadable < (long) args[0] + ((ByteBuffer) args[1]).remaining()) {
                            throw new ImageReadException(reference, unreadable, "Input/output error", null);
                        }
                        try {
                            return method.invoke(file, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private VerifyResult verify(boolean first, boolean uncached) throws ImagingException {
        return engine.verify(new VerifyRequest(path(), false, first, uncached, PipelineOptions.DEFAULT), new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        });
    }

    private String path() {
        return folder.resolve("image").toString();
    }

    private void flip(long offset) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(path()));
        bytes[(int) offset] ^= 1;
        Files.write(Path.of(path()), bytes);
    }
}
