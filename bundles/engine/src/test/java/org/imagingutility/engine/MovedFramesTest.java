package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversions that move frames as they are stored. */
class MovedFramesTest {
    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private final CountedCodec codec = new CountedCodec(engine);
    private String repository;
    private ImageInfo file;
    private long before;

    @BeforeEach
    void begin() throws Exception {
        repository = folder.resolve("r").toString();
        engine.initRepository(repository);
        byte[] content = new byte[2_000_000];
        new Random(4).nextBytes(content);
        Arrays.fill(content, 300_000, 1_000_000, (byte) 0);
        Path device = Files.write(folder.resolve("device"), content);
        file = engine.image(TestEngine.request(device, folder.resolve("i.skzimg"), true, 2), JobMonitor.NONE).image();
        before = codec.compressed();
        assertThat(before).isPositive();
    }

    private ConvertResult convert(String from, String to, OptionalInt level, OptionalInt frameSize) throws ImagingException {
        return engine.convert(new ConvertRequest(from, to, false, false, true, new Layout(to.contains("#") ? "repository" : "skz",
                Optional.empty(), level, frameSize, OptionalLong.empty()), new PipelineOptions(2, 0, true)), JobMonitor.NONE);
    }

    private void isSame(ConvertResult result) {
        assertThat(result.verified().map(VerifyResult::intact)).hasValue(true);
        assertThat(result.image().digests().content()).isEqualTo(file.digests().content());
        assertThat(result.image().usedBytes()).isEqualTo(file.usedBytes());
        assertThat(result.image().spec().level()).isEqualTo(file.spec().level());
    }

    @Test
    void betweenFilesAndRepositoriesNothingIsCompressed() throws Exception {
        String image = folder.resolve("i.skzimg").toString();
        isSame(convert(image, repository + "#a", OptionalInt.empty(), OptionalInt.empty()));
        isSame(convert(repository + "#a", folder.resolve("j.skzimg").toString(), OptionalInt.empty(), OptionalInt.empty()));
        isSame(convert(image, folder.resolve("k.skzimg").toString(), OptionalInt.empty(), OptionalInt.of(file.spec().frameSize())));
        assertThat(codec.compressed() - before).isZero();
        // an skz image that came through a repository restores as the first one does
        for (String each : new String[] {"i", "j"}) {
            engine.restore(TestEngine.restore(folder.resolve(each + ".skzimg"), folder.resolve(each + ".raw")), JobMonitor.NONE);
        }
        assertThat(Files.mismatch(folder.resolve("i.raw"), folder.resolve("j.raw"))).isEqualTo(-1);
    }

    @Test
    void whoAsksForALevelOrAnotherDivisionGetsIt() throws Exception {
        String image = folder.resolve("i.skzimg").toString();
        ConvertResult level = convert(image, repository + "#level", OptionalInt.of(5), OptionalInt.empty());
        assertThat(level.image().spec().level()).isEqualTo(5);
        assertThat(codec.compressed() - before).isPositive();
        before = codec.compressed();
        convert(image, repository + "#frames", OptionalInt.empty(), OptionalInt.of(1 << 20));
        assertThat(codec.compressed() - before).isPositive();
    }

    @Test
    void aFrameWithoutTheChecksumOfZstdIsMadeAnewForAFile() throws Exception {
        codec.withoutChecksums(true);
        convert(folder.resolve("i.skzimg").toString(), repository + "#bare", OptionalInt.of(5), OptionalInt.empty());
        codec.withoutChecksums(false);
        before = codec.compressed();
        String other = folder.resolve("r2").toString();
        engine.initRepository(other);
        convert(repository + "#bare", other + "#bare", OptionalInt.empty(), OptionalInt.empty());
        assertThat(codec.compressed() - before).as("a repository does not ask for it").isZero();
        ConvertResult result = convert(repository + "#bare", folder.resolve("j.skzimg").toString(), OptionalInt.empty(), OptionalInt.empty());
        assertThat(codec.compressed() - before).isPositive();
        assertThat(result.verified().map(VerifyResult::intact)).hasValue(true);
        assertThat(result.image().digests().content()).isEqualTo(file.digests().content());
    }

    @Test
    void whatIsMovedIsProven() throws Exception {
        String image = folder.resolve("i.skzimg").toString();
        convert(image, repository + "#a", OptionalInt.empty(), OptionalInt.empty());
        Path frame;
        try (Stream<Path> all = Files.walk(Path.of(repository, "frames"))) {
            frame = all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(frame);
        bytes[bytes.length / 2] ^= 1;
        Files.write(frame, bytes);
        Path target = folder.resolve("j.skzimg");
        assertThatThrownBy(() -> convert(repository + "#a", target.toString(), OptionalInt.empty(), OptionalInt.empty()))
                .isInstanceOf(ImageDamagedException.class).hasMessageContaining("CRC-32C");
        assertThat(target).doesNotExist();
    }
}
