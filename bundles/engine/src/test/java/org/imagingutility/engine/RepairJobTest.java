package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at damaged images, saving what is left of them, and repairing them in place. */
class RepairJobTest {
    private static final int FRAME = 64 << 10;
    private static final int CHUNK = 256 << 10;

    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();
    private byte[] device;
    private byte[] image;
    private Path file;

    @BeforeEach
    void makeImage() throws IOException, ImagingException {
        device = new byte[1_000_000];
        new Random(3).nextBytes(device);
        Arrays.fill(device, 200_000, 420_000, (byte) 0);
        Arrays.fill(device, 500_000, 600_000, (byte) 'x');
        Path raw = Files.write(folder.resolve("device.raw"), device);
        file = folder.resolve("image");
        engine.image(new ImageRequest(raw.toString(), file.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(CHUNK)),
                PipelineOptions.DEFAULT, List.of("sha256")), JobMonitor.NONE);
        image = Files.readAllBytes(file);
    }

    private RepairResult look() throws ImagingException {
        return engine.repair(new RepairRequest(file.toString(), Optional.empty(), false, false, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
    }

    private RepairResult inPlace() throws ImagingException {
        return engine.repair(new RepairRequest(file.toString(), Optional.empty(), false, true, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
    }

    private Path target() {
        return folder.resolve("new");
    }

    private RepairResult save() throws ImagingException {
        return engine.repair(new RepairRequest(file.toString(), Optional.of(target().toString()), true, false,
                PipelineOptions.DEFAULT), JobMonitor.NONE);
    }

    /** Saves what is left and checks that the new image is intact and has each byte that is not said to be lost. */
    private RepairResult saveAndCheck(String what) throws Exception {
        byte[] before = Files.readAllBytes(file);
        RepairResult result = save();
        assertThat(file).as(what).hasBinaryContent(before);
        VerifyResult verified = engine.verify(TestEngine.verify(target()), JobMonitor.NONE);
        assertThat(verified.damages()).as(what).isEmpty();
        assertThat(verified.image().unreadableBytes()).as(what).isEqualTo(result.lost().totalLength());
        Path restored = folder.resolve("restored.raw");
        engine.restore(TestEngine.restore(target(), restored), JobMonitor.NONE);
        byte[] expected = device.clone();
        for (int i = 0; i < result.lost().count(); i++) {
            Arrays.fill(expected, (int) result.lost().offset(i), (int) result.lost().end(i), (byte) 0);
        }
        assertThat(restored).as(what).hasBinaryContent(expected);
        Files.delete(restored);
        return result;
    }

    /** Flips a bit in the stored bytes of window {@code frame} and returns where they are. */
    private int damageFrame(int frame) throws Exception {
        for (int at = 0; at < image.length - 1; at++) {
            byte[] damaged = image.clone();
            if (Arrays.equals(image, at, at + 64, device, frame * FRAME, frame * FRAME + 64)) {
                damaged[at] ^= 1;
                Files.write(file, damaged);
                return at;
            }
        }
        throw new AssertionError("random bytes are stored as they are");
    }

    @Test
    void intactImageIsSaidToBeAndCopiedAsItIs() throws Exception {
        RepairResult result = look();
        assertThat(result.intact()).isTrue();
        assertThat(result.framesKept()).isEqualTo(16);
        assertThat(result.obstacle()).isEmpty();
        assertThat(saveAndCheck("intact").lost().count()).isZero();
        assertThat(target()).hasBinaryContent(image);
        assertThat(inPlace().rewrittenCount()).isZero();
        assertThat(file).hasBinaryContent(image);
    }

    @Test
    void aDamagedFrameIsNamedRecordedAndNotBroughtBackInPlace() throws Exception {
        int at = damageFrame(1);
        RepairResult seen = look();
        assertThat(seen.damageCount()).isEqualTo(1);
        assertThat(seen.damages()).singleElement().satisfies(damage -> {
            assertThat((long) at).isBetween(damage.fileOffset(), damage.fileOffset() + damage.fileLength());
            assertThat(damage.reason()).contains("frame 1: CRC-32C");
        });
        assertThat(seen.lost()).isEqualTo(new ExtentList.Builder().add(FRAME, FRAME).build());
        assertThat(seen.framesKept()).isEqualTo(15);
        assertThat(seen.framesLost()).isEqualTo(1);

        RepairResult saved = saveAndCheck("frame 1");
        assertThat(saved.lost()).isEqualTo(seen.lost());
        assertThat(saved.written()).hasValueSatisfying(info -> {
            assertThat(info.unreadableBytes()).isEqualTo(FRAME);
            assertThat(info.statistics().values()).containsEntry("repaired.lostBytes", (long) FRAME)
                    .doesNotContainKey("hash.sha256").containsKey("finished");
        });

        byte[] damaged = Files.readAllBytes(file);
        assertThat(inPlace().damagesLeft()).isEqualTo(1);
        assertThat(file).hasBinaryContent(damaged);
    }

    @Test
    void structuresAreBroughtBackInPlaceByteForByte() throws Exception {
        byte[] damaged = image.clone();
        Arrays.fill(damaged, 0, 600, (byte) 0);
        Arrays.fill(damaged, image.length - 60, image.length, (byte) 0);
        Files.write(file, damaged);
        RepairResult seen = look();
        assertThat(seen.lost().count()).isZero();
        assertThat(seen.damages()).extracting(Damage::reason).anyMatch(reason -> reason.startsWith("header"))
                .anyMatch(reason -> reason.startsWith("footer"));
        assertThat(file).as("looking changes nothing").hasBinaryContent(damaged);
        RepairResult result = inPlace();
        assertThat(result.damagesLeft()).isZero();
        assertThat(result.rewrittenCount()).isPositive();
        assertThat(file).hasBinaryContent(image);
    }

    @Test
    void whatIsLeftIsSavedWhateverIsDamaged() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = image.clone();
            for (int regions = random.nextInt(3); regions >= 0; regions--) {
                int from = random.nextInt(400, image.length);
                int to = Math.min(image.length - 1000, from + (1 << random.nextInt(17)));
                for (int at = from; at < to; at++) {
                    damaged[at] = (byte) random.nextInt();
                }
            }
            Files.write(file, damaged);
            saveAndCheck("seed " + seed + ", round " + i);
        }
    }

    @Test
    void cutAndUnfinishedImagesAreSavedAndNotTouchedInPlace() throws Exception {
        long seed = RandomSeed.get();
        TreeSet<Integer> cuts = new TreeSet<>(List.of(2000, 5000));
        new Random(seed).ints(20, 2000, image.length - 2200).forEach(cuts::add);
        for (int cut : cuts) {
            Files.write(file, Arrays.copyOf(image, cut));
            RepairResult result = saveAndCheck("seed " + seed + ", cut to " + cut);
            assertThat(result.finished()).isFalse();
            assertThatThrownBy(this::inPlace).isInstanceOf(UsageException.class)
                    .hasMessageContaining("cannot be repaired in place: the image was not finished")
                    .satisfies(e -> assertThat(((UsageException) e).remedy()).hasValueSatisfying(
                            remedy -> assertThat(remedy).contains("--resume").contains("--out")));
            assertThat(file).hasBinaryContent(Arrays.copyOf(image, cut));
        }
    }

    @Test
    void beginAndEndMayBothBeLostAsLongAsTheHeaderCopyIsThere() throws Exception {
        byte[] damaged = image.clone();
        Arrays.fill(damaged, 0, 3000, (byte) 0x77);
        Arrays.fill(damaged, image.length - 10, image.length, (byte) 0x77);
        Files.write(file, damaged);
        assertThat(saveAndCheck("begin and end").finished()).isTrue();
    }

    @Test
    void aFileThatIsNoImageIsRefusedAndSoIsOneWithoutAnyHeader() throws Exception {
        byte[] garbage = new byte[300_000];
        new Random(8).nextBytes(garbage);
        Files.write(file, garbage);
        assertThatThrownBy(this::look).isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("neither header, header copy nor footer");
        assertThatThrownBy(this::save).isInstanceOf(ImageFormatException.class);
        assertThat(target()).doesNotExist();
        Files.write(file, new byte[0]);
        assertThatThrownBy(this::look).isInstanceOf(ImageFormatException.class);
    }

    @Test
    void anExistingTargetIsKeptUnlessItMayBeReplacedAndTheImageItselfIsNoTarget() throws Exception {
        Files.write(target(), new byte[] {1});
        assertThatThrownBy(() -> engine.repair(new RepairRequest(file.toString(), Optional.of(target().toString()), false,
                false, PipelineOptions.DEFAULT), JobMonitor.NONE)).isInstanceOf(TargetException.class);
        assertThat(target()).hasBinaryContent(new byte[] {1});
        assertThatThrownBy(() -> engine.repair(new RepairRequest(file.toString(), Optional.of(file.toString()), true,
                false, PipelineOptions.DEFAULT), JobMonitor.NONE)).isInstanceOf(UsageException.class);
        assertThat(file).hasBinaryContent(image);
    }

    @Test
    void cancellingLeavesNoNewImage() {
        JobMonitor cancelling = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> engine.repair(new RepairRequest(file.toString(), Optional.of(target().toString()), false,
                false, PipelineOptions.DEFAULT), cancelling)).isInstanceOf(CancelledException.class);
        assertThat(target()).doesNotExist();
        assertThat(file).hasBinaryContent(image);
    }

    @Test
    void filesInWhatIsLostAreNamedByAnAllocatorThatLooksIntoWhatIsLeft() throws Exception {
        damageFrame(1);
        engine.allocators().add(new Listing(), 10, () -> null);
        assertThat(look().touchedFiles()).containsExactly(new TouchedFile("/lost", FRAME));
    }

    /** Finds one file in what is lost, after it has seen that the device can be read but for that. */
    private final class Listing implements Allocator {
        @Override
        public String name() {
            return "listing";
        }

        @Override
        public Optional<Allocation> recognise(Device view) throws ImagingException {
            ByteBuffer sector = ByteBuffer.allocateDirect(4096);
            for (long at = 0; at + 4096 <= device.length; at += 4096) {
                if (at / FRAME != 1) {
                    view.read(at, sector.clear());
                    byte[] bytes = new byte[4096];
                    sector.flip().get(bytes);
                    assertThat(bytes).isEqualTo(Arrays.copyOfRange(device, (int) at, (int) at + 4096));
                }
            }
            assertThatThrownBy(() -> view.read(FRAME - 512, sector.clear()))
                    .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.offset()).isEqualTo(FRAME));
            return Optional.of(new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return new FileSystemInfo("test", "", "", 0, 0);
                }

                @Override
                public ExtentCursor extents() {
                    throw new AssertionError("nobody asks what is in use");
                }

                @Override
                public List<TouchedFile> filesIn(ExtentList ranges, int limit) {
                    return List.of(new TouchedFile("/lost", ranges.totalLength()));
                }
            });
        }
    }
}
