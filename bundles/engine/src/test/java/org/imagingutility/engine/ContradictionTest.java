package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Output;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that contradicts itself costs room, never data; one that is known by name only as well. */
class ContradictionTest {
    private static final int LENGTH = 24 << 20;

    @TempDir
    Path folder;
    private Path device;
    private Path image;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private final AtomicInteger passes = new AtomicInteger();

    @BeforeEach
    void write() throws Exception {
        byte[] bytes = new byte[LENGTH];
        new Random(3).nextBytes(bytes);
        device = Files.write(folder.resolve("v.raw"), bytes);
        image = folder.resolve("i.skzimg");
    }

    /** Two extents of 1 MiB; behind the first so many passes, the second one cannot be trusted. */
    private final class Odd implements Allocator {
        private final int soundPasses;

        Odd(int soundPasses) {
            this.soundPasses = soundPasses;
        }

        @Override
        public String name() {
            return "odd";
        }

        @Override
        public Optional<Allocation> recognise(Device found) {
            return Optional.of(new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return new FileSystemInfo("OddFS", "label", "", 0, 0);
                }

                @Override
                public ExtentCursor extents() {
                    return new OddCursor(passes.incrementAndGet() > soundPasses, found);
                }
            });
        }
    }

    private static final class OddCursor implements ExtentCursor {
        private final boolean torn;
        private final Device device;
        private int given;

        OddCursor(boolean torn, Device device) {
            this.torn = torn;
            this.device = device;
        }

        @Override
        public boolean next() throws ImagingException {
            if (torn && given == 1) {
                throw new FileSystemException(device.info().reference(), 4096, "the tree is torn", null);
            }
            return given++ < 2;
        }

        @Override
        public long offset() {
            return (given - 1) * (16L << 20);
        }

        @Override
        public long length() {
            return 1 << 20;
        }

        @Override
        public void close() {
        }
    }

    private void install(Allocator allocator, int ranking) {
        engine.allocators().add(allocator, ranking, () -> Origin.ofModule(allocator));
    }

    private final class Listening implements JobMonitor {
        private final long cancelAfter;
        private volatile boolean cancelled;

        Listening(long cancelAfter) {
            this.cancelAfter = cancelAfter;
        }

        @Override
        public void notice(String line) {
            notices.add(line);
        }

        @Override
        public void progress(Progress progress) {
            cancelled |= progress.doneBytes() >= cancelAfter;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    private ImageResult image(boolean resume, JobMonitor monitor) throws ImagingException {
        ImageRequest usual = TestEngine.request(device, image, false, 1);
        return engine.image(new ImageRequest(usual.device(), usual.target(), new Output(false, false, false,
                resume ? Optional.of(ResumeCheck.FULL) : Optional.empty(), Output.DEFAULT.retryTarget()),
                new ImageRequest.Source(false, true, 8 << 20, 0), usual.readErrors(), usual.layout(), usual.pipeline(),
                usual.linearHashes()), monitor);
    }

    private void isWhole(ImageResult result) throws Exception {
        assertThat(result.image().spec().usedOnly()).isFalse();
        assertThat(result.image().usedBytes()).isEqualTo(LENGTH);
        engine.restore(TestEngine.restore(image, folder.resolve("r.raw")), JobMonitor.NONE);
        assertThat(Files.mismatch(device, folder.resolve("r.raw"))).isEqualTo(-1);
    }

    @Test
    void whatThePlanningPassFindsMakesItAllBlocksWithTheReason() throws Exception {
        install(new Odd(0), 1);
        ImageResult result = image(false, new Listening(Long.MAX_VALUE));
        isWhole(result);
        assertThat(result.image().spec().metadata().text("allocation.contradiction").orElse("")).contains("the tree is torn");
        assertThat(result.fileSystem().fileSystem()).isEqualTo("OddFS");
        assertThat(notices).anyMatch(line -> line.contains("the tree is torn") && line.endsWith("imaging all blocks"));
    }

    @Test
    void anImageBegunSoIsGoneOnWith() throws Exception {
        install(new Odd(0), 1);
        assertThatThrownBy(() -> image(false, new Listening(4 << 20))).isInstanceOf(CancelledException.class);
        ImageResult result = image(true, new Listening(Long.MAX_VALUE));
        assertThat(result.resumed()).isPresent();
        isWhole(result);
    }

    @Test
    void onceTheImageIsBegunAContradictionEndsTheJob() {
        install(new Odd(1), 1);
        assertThatThrownBy(() -> image(false, new Listening(Long.MAX_VALUE))).isInstanceOf(FileSystemException.class);
        assertThat(image).doesNotExist();
    }

    @Test
    void aFileSystemKnownByNameIsImagedWithAllBlocksUnderItsName() throws Exception {
        install(new AllOf(false), 5);
        ImageResult result = image(false, new Listening(Long.MAX_VALUE));
        isWhole(result);
        assertThat(result.allocator()).isEqualTo("all-of");
        assertThat(result.image().spec().metadata().text("fileSystem.name")).hasValue("NamedFS");
        assertThat(notices).anyMatch(line -> line.contains("holds NamedFS") && line.endsWith("imaging all blocks"));
    }

    @Test
    void aNameThatCannotBeReadEndsNothing() throws Exception {
        install(new AllOf(true), 5);
        ImageResult result = image(false, new Listening(Long.MAX_VALUE));
        isWhole(result);
        assertThat(result.allocator()).isEqualTo("all");
    }

    @Test
    void anAllocatorThatKnowsMoreThanTheNameIsPreferred() throws Exception {
        install(new AllOf(false), 5);
        install(new Odd(Integer.MAX_VALUE), 1);
        ImageResult result = image(false, new Listening(Long.MAX_VALUE));
        assertThat(result.allocator()).isEqualTo("odd");
        assertThat(result.image().usedBytes()).isEqualTo(2 << 20);
    }

    private static final class AllOf implements Allocator {
        private final boolean unreadable;

        AllOf(boolean unreadable) {
            this.unreadable = unreadable;
        }

        @Override
        public String name() {
            return "all-of";
        }

        @Override
        public boolean namesOnly() {
            return true;
        }

        @Override
        public Optional<Allocation> recognise(Device found) throws DeviceException {
            if (unreadable) {
                throw new DeviceException("d", 0, "cannot be read", null, null);
            }
            return Optional.of(new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return new FileSystemInfo("NamedFS", "", "", 0, 0);
                }

                @Override
                public ExtentCursor extents() {
                    return new ExtentCursor() {
                        private boolean given;

                        @Override
                        public boolean next() {
                            boolean first = !given;
                            given = true;
                            return first;
                        }

                        @Override
                        public long offset() {
                            return 0;
                        }

                        @Override
                        public long length() {
                            return found.length();
                        }

                        @Override
                        public void close() {
                        }
                    };
                }
            });
        }
    }
}
