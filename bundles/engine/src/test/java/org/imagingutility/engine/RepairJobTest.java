package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/** Looking at damaged images, saving what is left of them, and repairing them in place. */
class RepairJobTest extends RepairTrial {
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
        // a repair cannot be resumed, so nothing of it may stand in the way of the next one
        assertThat(folder.resolve("new.partial")).doesNotExist();
        assertThat(file).hasBinaryContent(image);
    }
}
