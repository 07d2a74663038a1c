package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Output;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.device.ForwardingDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of which the operating system says what is in use, and files whose content need not be kept. */
class MountedVolumeTest {
    private static final int LENGTH = (8 << 20) + 512;
    private static final int CLUSTER = 4096;
    private static final int FIRST = 1 << 20;
    private static final int COUNT = (6 << 20) / CLUSTER;
    @TempDir
    private Path folder;
    private Path device;
    private Path image;
    private byte[] bytes;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    /** What the system says, in the order it is asked for passes. */
    private Clusters clusters = new Clusters("ODDFS", CLUSTER, FIRST, COUNT);
    private boolean refuses;

    @BeforeEach
    void write() throws Exception {
        bytes = new byte[LENGTH];
        new Random(3).nextBytes(bytes);
        device = Files.write(folder.resolve("v.raw"), bytes);
        image = folder.resolve("i.skzimg");
        DeviceProvider live = new Live();
        engine.installed().deviceProviders().add(live, 1, () -> Origin.ofModule(live));
    }

    private DeviceProvider installed(String name) {
        return engine.installed().deviceProviders().all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** Every third cluster is in use, and from the second time on every second one. */
    private static final class Clusters implements ClustersInUse {
        private final String name;
        private final int size;
        private final long first;
        private final long count;
        private int passes;

        Clusters(String name, int size, long first, long count) {
            this.name = name;
            this.size = size;
            this.first = first;
            this.count = count;
        }

        @Override
        public String fileSystem() {
            return name;
        }

        @Override
        public int clusterSize() {
            return size;
        }

        @Override
        public long firstClusterOffset() {
            return first;
        }

        @Override
        public long clusterCount() {
            return count;
        }

        @Override
        public long read(long firstCluster, ByteBuffer target) {
            passes += firstCluster == 0 ? 1 : 0;
            long told = Math.min(count - firstCluster, 64);
            for (long at = 0; at < told; at += 8) {
                int bits = 0;
                for (int bit = 0; bit < 8; bit++) {
                    bits |= (firstCluster + at + bit) % (passes == 1 ? 3 : 2) == 0 ? 1 << bit : 0;
                }
                target.put((byte) bits);
            }
            return told;
        }
    }

    private final class Live implements DeviceProvider {
        private final DeviceProvider files = installed("file");

        @Override
        public String name() {
            return "live";
        }

        @Override
        public List<DeviceInfo> list() {
            return List.of();
        }

        @Override
        public boolean accepts(String reference) {
            return reference.equals(device.toString());
        }

        @Override
        public Device open(String reference) throws ImagingException {
            return new ForwardingDevice(files.open(reference)) {
                @Override
                public Optional<ClustersInUse> clustersInUse() throws ImagingException {
                    if (refuses) {
                        throw new DeviceException(reference, -1, "does not say", null, null);
                    }
                    return Optional.ofNullable(clusters);
                }
            };
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) {
            throw new AssertionError();
        }
    }

    /** A file system that has all in use, and two files that need not be kept. */
    private record Odd(int clusterSize, long clusterCount, List<TransientFile> files) implements Allocator {
        @Override
        public String name() {
            return "odd";
        }

        @Override
        public Optional<Allocation> recognise(Device found) {
            return Optional.of(new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return new FileSystemInfo("OddFS", "label", "77", clusterSize, clusterCount);
                }

                @Override
                public ExtentCursor extents() {
                    return new WholeDevicePass(found.length());
                }

                @Override
                public List<TransientFile> transientFiles() {
                    return files;
                }
            });
        }
    }

    private void install(Allocator allocator) {
        engine.allocators().add(allocator, 1, () -> Origin.ofModule(allocator));
    }

    /** Slow enough to be cancelled half-way. */
    private void interrupted(boolean keepAllFiles) {
        ImageRequest usual = request(keepAllFiles, false);
        ImageRequest slow = new ImageRequest(usual.device(), usual.target(), usual.output(), new ImageRequest.Source(false, true, 4 << 20, 0,
                false, keepAllFiles), usual.readErrors(), usual.layout(), usual.pipeline(), usual.linearHashes());
        assertThatThrownBy(() -> engine.image(slow, new Listening(2 << 20))).isInstanceOf(CancelledException.class);
    }

    private ImageRequest request(boolean keepAllFiles, boolean resume) {
        ImageRequest usual = TestEngine.request(device, image, false, 1);
        return new ImageRequest(usual.device(), usual.target(), new Output(false, false, true,
                resume ? Optional.of(ResumeCheck.FULL) : Optional.empty(), Output.DEFAULT.retryTarget()),
                new ImageRequest.Source(false, true, 0, 0, false, keepAllFiles), usual.readErrors(), usual.layout(), usual.pipeline(),
                usual.linearHashes());
    }

    private ImageResult image() throws ImagingException {
        return engine.image(request(false, false), new Listening(Long.MAX_VALUE));
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

    private byte[] restored() throws Exception {
        Path target = folder.resolve("r.raw");
        engine.restore(TestEngine.restore(image, target), JobMonitor.NONE);
        return Files.readAllBytes(target);
    }

    private byte[] everyThirdCluster() {
        byte[] expected = bytes.clone();
        for (int cluster = 0; cluster < COUNT; cluster++) {
            if (cluster % 3 != 0) {
                Arrays.fill(expected, FIRST + cluster * CLUSTER, FIRST + (cluster + 1) * CLUSTER, (byte) 0);
            }
        }
        return expected;
    }

    @Test
    void whatTheSystemSaysIsTakenAsOfOneMomentAndAllThatIsNoClusterToo() throws Exception {
        ImageResult result = image();
        assertThat(result.allocator()).isEqualTo("system");
        assertThat(result.fileSystem().fileSystem()).isEqualTo("ODDFS");
        assertThat(result.image().spec().usedOnly()).isTrue();
        assertThat(result.image().spec().metadata().text("allocation.basis")).hasValue("system");
        assertThat(restored()).isEqualTo(everyThirdCluster());
    }

    @Test
    void whatIsKnownOfTheFileSystemComesFromItsAllocator() throws Exception {
        install(new Odd(CLUSTER, COUNT, List.of()));
        ImageResult result = image();
        assertThat(result.allocator()).isEqualTo("system");
        assertThat(result.fileSystem()).isEqualTo(new FileSystemInfo("OddFS", "label", "77", CLUSTER, COUNT));
        assertThat(restored()).isEqualTo(everyThirdCluster());
    }

    @Test
    void whereTheSystemAndTheVolumeContradictEachOtherAllBlocksAreTaken() throws Exception {
        install(new Odd(CLUSTER, COUNT - 1, List.of()));
        ImageResult result = image();
        assertThat(result.image().spec().usedOnly()).isFalse();
        assertThat(result.image().spec().metadata().text("allocation.contradiction").orElse("")).contains("counts " + COUNT + " clusters");
        assertThat(restored()).isEqualTo(bytes);
        assertThat(notices).anyMatch(line -> line.endsWith("imaging all blocks"));
    }

    @Test
    void whereItIsMountedAsSomethingElseAllBlocksAreTaken() throws Exception {
        install(new Odd(0, 0, List.of()));
        clusters = new Clusters("NTFS", CLUSTER, FIRST, COUNT);
        image();
        assertThat(restored()).isEqualTo(bytes);
        assertThat(notices).anyMatch(line -> line.contains("mounted as NTFS, and OddFS stands on it"));
    }

    @Test
    void whereTheSystemDoesNotSayTheVolumeDoes() throws Exception {
        refuses = true;
        install(new Odd(CLUSTER, COUNT, List.of()));
        assertThat(image().allocator()).isEqualTo("odd");
        assertThat(notices).anyMatch(line -> line.contains("does not say"));
    }

    @Test
    void clustersThatDoNotLieOnTheDeviceBreakTheContract() {
        for (Clusters wrong : new Clusters[] {new Clusters("F", CLUSTER, FIRST, 1L << 60), new Clusters("F", CLUSTER, LENGTH, 1),
            new Clusters("F", 0, 0, 1), new Clusters("F", CLUSTER, -1, 1), new Clusters("", CLUSTER, 0, 1), new Clusters("F", CLUSTER, 0, 0)}) {
            clusters = wrong;
            assertThatThrownBy(this::image).isInstanceOf(PluginException.class).hasMessageContaining("ClustersInUse");
        }
    }

    private static TransientFile file(String path, long... offsetsAndLengths) {
        ExtentList.Builder extents = new ExtentList.Builder();
        for (int i = 0; i < offsetsAndLengths.length; i += 2) {
            extents.add(offsetsAndLengths[i], offsetsAndLengths[i + 1]);
        }
        return new TransientFile(path, extents.build());
    }

    private void installWithPageFile() {
        clusters = null;
        install(new Odd(CLUSTER, COUNT, List.of(file("\\pagefile.sys", 3 << 20, 1 << 20, 5 << 20, CLUSTER), file("\\swapfile.sys",
                (1 << 20) + CLUSTER, 2 * CLUSTER))));
    }

    private byte[] withoutPageFile() {
        byte[] expected = bytes.clone();
        Arrays.fill(expected, 3 << 20, 4 << 20, (byte) 0);
        Arrays.fill(expected, 5 << 20, (5 << 20) + CLUSTER, (byte) 0);
        Arrays.fill(expected, (1 << 20) + CLUSTER, (1 << 20) + 3 * CLUSTER, (byte) 0);
        return expected;
    }

    @Test
    void contentThatIsMadeAgainIsNotKeptAndThatIsSaid() throws Exception {
        installWithPageFile();
        ImageResult result = image();
        long left = (1 << 20) + 3 * CLUSTER;
        assertThat(result.image().spec().metadata().number("leftOut.bytes")).hasValue(left);
        assertThat(result.image().spec().metadata().text("leftOut.files")).hasValue("\\pagefile.sys, \\swapfile.sys");
        assertThat(notices).filteredOn(line -> line.contains("pagefile.sys")).singleElement().asString()
                .contains(left + " bytes", "--keep-all-files");
        assertThat(restored()).isEqualTo(withoutPageFile());
    }

    @Test
    void whatIsNotReadBecauseItIsLeftOutDoesNotCountAsRead() throws Exception {
        installWithPageFile();
        long read = image().bytesRead();
        image = folder.resolve("k.skzimg");
        // single clusters are read along with what lies around them
        assertThat(engine.image(request(true, false), JobMonitor.NONE).bytesRead() - read).isEqualTo(1 << 20);
    }

    @Test
    void allFilesAreKeptWhereThatIsAskedFor() throws Exception {
        installWithPageFile();
        ImageResult result = engine.image(request(true, false), new Listening(Long.MAX_VALUE));
        assertThat(result.image().spec().metadata().number("leftOut.bytes")).isEmpty();
        assertThat(restored()).isEqualTo(bytes);
    }

    @Test
    void whatTwoFilesClaimIsKept() throws Exception {
        clusters = null;
        install(new Odd(CLUSTER, COUNT, List.of(file("\\a", 3 << 20, 8192), file("\\b", (3 << 20) + 4096, 8192))));
        image();
        assertThat(restored()).isEqualTo(bytes);
    }

    @Test
    void anImageThatWasInterruptedLeavesTheSameOut() throws Exception {
        installWithPageFile();
        interrupted(false);
        assertThatThrownBy(() -> engine.image(request(true, true), JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("does not keep the content of all files");
        ImageResult result = engine.image(request(false, true), JobMonitor.NONE);
        assertThat(result.resumed()).isPresent();
        assertThat(restored()).isEqualTo(withoutPageFile());
    }

    @Test
    void anImageThatWasInterruptedAndKeepsAllFilesContinuesWithThat() throws Exception {
        installWithPageFile();
        interrupted(true);
        engine.image(request(false, true), JobMonitor.NONE);
        assertThat(restored()).isEqualTo(bytes);
    }
}
