package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is resumed and ends without an error verifies, whatever rotted in the unfinished image meanwhile. */
class ResumedImageVerifiesTest {
    private static final int FRAME = 64 << 10;
    private static final int CHUNK = 4 * FRAME;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private byte[] content;
    private byte[] whole;
    private Path device;
    private Path image;
    private Path partial;

    @BeforeEach
    void makeImage() throws Exception {
        content = new byte[24 * CHUNK];
        new Random(9).nextBytes(content);
        device = Files.write(folder.resolve("device.raw"), content);
        image = folder.resolve("image.skzimg");
        partial = folder.resolve("image.skzimg.partial");
        engine.image(request(null), JobMonitor.NONE);
        whole = Files.readAllBytes(image);
        Files.delete(image);
    }

    static Stream<Arguments> rot() {
        return Stream.of("SKZCHNK1", "SKZFRAM1", "stored", "SKZTABL1", "slot", "link")
                .flatMap(what -> Arrays.stream(ResumeCheck.values()).map(check -> Arguments.of(what, check)));
    }

    @ParameterizedTest
    @MethodSource("rot")
    void aFlippedBitInWhatIsKeptIsMadeAgain(String what, ResumeCheck check) throws Exception {
        for (int number : new int[] {0, 7}) {
            ForgedSkz forged = new ForgedSkz(whole);
            flip(forged.bytes(), place(forged, what, number));
            Files.write(partial, Arrays.copyOf(forged.bytes(), whole.length * 5 / 6));
            engine.image(request(check), noticing());
            assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).damages()).isEmpty();
            Path back = folder.resolve("back.raw");
            engine.restore(TestEngine.restore(image, back), JobMonitor.NONE);
            assertThat(back).hasBinaryContent(content);
            assertThat(notices).noneMatch(notice -> notice.contains("another device"));
            Files.delete(back);
            Files.delete(image);
        }
    }

    private static int place(ForgedSkz forged, String what, int number) {
        return switch (what) {
            case "slot" -> forged.part(ForgedSkz.INDEX, 0).offset() + 36 + 128 * number + 40;
            case "link" -> forged.part(ForgedSkz.INDEX, 0).end() - 100;
            case "stored" -> forged.part(what, number).offset() + 5000;
            default -> forged.part(what, number).offset() + 40;
        };
    }

    private static void flip(byte[] bytes, int at) {
        bytes[at] ^= 4;
    }

    @Test
    void aRottenFirstFrameIsNotTakenForAnotherDevice() throws Exception {
        ForgedSkz forged = new ForgedSkz(whole);
        flip(forged.bytes(), place(forged, "stored", 0));
        Files.write(partial, Arrays.copyOf(forged.bytes(), whole.length / 2));
        engine.image(request(ResumeCheck.FULL), noticing());
        assertThat(notices).anyMatch(notice -> notice.contains("the stored frame there is damaged"));
        assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).damages()).isEmpty();
    }

    @Test
    void whatRotsWhileTheRestIsMadeIsFoundBeforeTheImageGetsItsName() throws Exception {
        for (String what : List.of("SKZCHNK1", "SKZFRAM1", "SKZTABL1", "slot")) {
            Files.write(partial, Arrays.copyOf(whole, whole.length / 2));
            int at = place(new ForgedSkz(whole), what, 1);
            assertThatThrownBy(() -> engine.image(request(ResumeCheck.FULL), atTheLastChunk(at))).as(what)
                    .isInstanceOfSatisfying(ImageDamagedException.class,
                            e -> assertThat(e.remedy()).hasValueSatisfying(remedy -> assertThat(remedy).contains("repair")));
            assertThat(image).doesNotExist();
            Files.delete(partial);
        }
    }

    @Test
    void anImageThatWasCompleteButForItsNameGetsItOnlyIfItIsSound() throws Exception {
        for (String what : List.of("SKZCHNK1", "SKZFRAM1", "stored", "SKZTABL1", "slot")) {
            ForgedSkz forged = new ForgedSkz(whole);
            flip(forged.bytes(), place(forged, what, 2));
            Files.write(partial, forged.bytes());
            assertThatThrownBy(() -> engine.image(request(ResumeCheck.QUICK), JobMonitor.NONE)).as(what)
                    .isInstanceOf(ImageDamagedException.class);
            assertThat(image).doesNotExist();
        }
        Files.write(partial, whole);
        assertThat(engine.image(request(ResumeCheck.QUICK), JobMonitor.NONE).alreadyComplete()).isTrue();
        assertThat(image).hasBinaryContent(whole);
    }

    private ImageRequest request(ResumeCheck resume) {
        return new ImageRequest(device.toString(), image.toString(),
                new ImageRequest.Output(false, false, false, Optional.ofNullable(resume), Duration.ZERO),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME), OptionalLong.of(CHUNK)),
                new PipelineOptions(2, 0, true), List.of());
    }

    private JobMonitor noticing() {
        return new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }

    /** Flips a bit of the unfinished image once, when the job is asked whether it is cancelled and its end is near. */
    private JobMonitor atTheLastChunk(int at) {
        return new JobMonitor() {
            private boolean done;

            @Override
            public boolean cancelled() {
                if (!done && partial.toFile().length() > whole.length * 3L / 4) {
                    done = true;
                    try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(partial.toFile(), "rw")) {
                        file.seek(at);
                        int old = file.read();
                        file.seek(at);
                        file.write(old ^ 4);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return false;
            }
        };
    }
}
