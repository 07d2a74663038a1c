package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.config.JobDefaults;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as the options' defaults. */
class SettingsTest extends TypedLines {
    private static final String FILE = "org.imagingutility.command.cfg";
    @TempDir
    Path folder;
    private final FakeService service = new FakeService();
    private Configuration configuration;

    @BeforeEach
    void begin() {
        configuration = new Configuration(Optional.of(folder));
        configuration.bindGroup(new JobDefaults());
    }

    @Test
    void everySettingReachesItsRequest() throws IOException {
        write("""
                image.all-blocks = true
                image.optimized-reader = false
                image.max-throughput = 10M
                image.on-read-error = record
                image.retries = 5
                image.read-timeout = 2s
                image.codec = gzip
                image.level = 9
                image.frame-size = 1M
                image.chunk-size = 64M
                image.parallel = 3
                image.pipeline-depth = 4
                image.adaptive-concurrency = false
                image.write-through = true
                image.verify = true
                image.resume-check = full
                image.retry-target = 1h
                verify.quick = true
                verify.uncached = true
                verify.parallel = 5
                restore.zero-free = true
                restore.verify = true
                restore.parallel = 6
                export.parallel = 7
                """);
        assertThat(run("image", "--device=d", "--out=" + folder.resolve("o"), "--resume")).isEqualTo(ExitCodes.DONE);
        ImageRequest image = (ImageRequest) service.requests.get(0);
        assertThat(image.source()).isEqualTo(new ImageRequest.Source(true, false, 10 << 20, 0));
        assertThat(image.readErrors())
                .isEqualTo(new ImageRequest.ReadErrors(true, 5, Duration.ofSeconds(2), Optional.empty(), false));
        assertThat(image.layout()).isEqualTo(new ImageRequest.Layout("skz", Optional.of("gzip"), OptionalInt.of(9),
                OptionalInt.of(1 << 20), OptionalLong.of(64 << 20)));
        assertThat(image.pipeline()).isEqualTo(new PipelineOptions(3, 4, false));
        assertThat(image.output()).isEqualTo(new ImageRequest.Output(false, true, true,
                Optional.of(ImageRequest.ResumeCheck.FULL), Duration.ofHours(1)));
        run("verify", "--in=i");
        assertThat(service.requests).last().isEqualTo(new VerifyRequest("i", true, false, true, new PipelineOptions(5,
                PipelineOptions.DEFAULT.depth(), PipelineOptions.DEFAULT.adaptive())));
        run("restore", "--in=i", "--device=d");
        assertThat(service.requests).last().isEqualTo(new RestoreRequest("i", "d", true, false, true,
                new PipelineOptions(6, PipelineOptions.DEFAULT.depth(), PipelineOptions.DEFAULT.adaptive())));
        run("export-raw", "--in=i", "--out=o");
        assertThat(((ExportRequest) service.requests.get(3)).pipeline().parallel()).isEqualTo(7);
    }

    @Test
    void whatIsTypedWins() throws IOException {
        write("image.verify = true\nimage.retries = 5\nimage.adaptive-concurrency = false\nimage.write-through = true\n");
        run("image", "--device=d", "--out=o", "--retries=1", "--verify=false", "--no-adaptive-concurrency=false",
                "--write-through");
        ImageRequest image = (ImageRequest) service.requests.get(0);
        assertThat(image.output().verify()).isFalse();
        assertThat(image.output().writeThrough()).isTrue();
        assertThat(image.readErrors().retries()).isEqualTo(1);
        assertThat(image.pipeline().adaptive()).isTrue();
        run("image", "--device=d", "--out=o", "--verify");
        assertThat(((ImageRequest) service.requests.get(1)).output().verify()).isTrue();
    }

    @Test
    void theLevelOfTheCodecThatIsSetIsNotGivenToAnother() throws IOException {
        write("image.codec = zstd\nimage.level = 19\n");
        run("image", "--device=d", "--out=o", "--codec=lz4");
        assertThat(((ImageRequest) service.requests.get(0)).layout().level()).isEmpty();
        run("image", "--device=d", "--out=o");
        assertThat(((ImageRequest) service.requests.get(1)).layout().level()).hasValue(19);
    }

    @Test
    void anImageThatIsGoneOnWithKeepsItsLayout() throws IOException {
        write("image.codec = gzip\nimage.frame-size = 1M\n");
        Path target = folder.resolve("o.skzimg");
        Files.createFile(folder.resolve("o.skzimg.partial"));
        run("image", "--device=d", "--out=" + target, "--resume");
        assertThat(((ImageRequest) service.requests.get(0)).layout()).isEqualTo(ImageRequest.Layout.DEFAULT);
        run("image", "--device=d", "--out=" + target, "--resume", "--codec=xz");
        assertThat(((ImageRequest) service.requests.get(1)).layout().codec()).hasValue("xz");
    }

    @Test
    void helpShowsWhatIsInForce() throws IOException {
        write("image.retries = 41\nimage.codec = lz4\nimage.verify = true\n");
        assertThat(run("image", "--help")).isEqualTo(ExitCodes.DONE);
        assertThat(out.replaceAll("\\s+", " ")).contains("0 to 1000. Default: 41.", "Default: lz4.",
                "verify every frame. Default: true.", "Default: 4M.", "Default: auto.");
    }

    @Test
    void aOneShotRunEndsWithOneWhereAFileIsWrong() throws IOException {
        write("image.retries = lots\n");
        assertThat(run("image", "--device=d", "--out=o")).isEqualTo(ExitCodes.USAGE);
        assertThat(err).contains("image.retries", "\"lots\"", "a whole number from 0 to 1000",
                folder.resolve(FILE).toString());
        assertThat(service.requests).isEmpty();
        assertThat(run("image", "--help")).isEqualTo(ExitCodes.DONE);
        assertThat(run("config", "image.retries", "4")).isEqualTo(ExitCodes.DONE);
        assertThat(run("image", "--device=d", "--out=o")).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void configListsShowsSetsAndResets() throws IOException {
        assertThat(run("config", "image.retries", "8")).isEqualTo(ExitCodes.DONE);
        assertThat(out).containsPattern("image\\.retries +8 +org\\.imagingutility\\.command\\.cfg");
        run("config");
        assertThat(out).containsPattern("image\\.retries +8 +org\\.imagingutility\\.command\\.cfg")
                .containsPattern("image\\.parallel +0 +default");
        run("config", "image.retries");
        assertThat(out).contains("image.retries = 8", "must be a whole number from 0 to 1000; default: 3");
        run("config", "--json");
        assertThat(out).contains("{\"key\":\"image.retries\",\"value\":\"8\"");
        assertThat(run("config", "--reset", "image.retries")).isEqualTo(ExitCodes.DONE);
        assertThat(out).containsPattern("image\\.retries +3 +default");
    }

    @Test
    void configRefusesWhatIsWrong() {
        assertThat(run("config", "image.retries", "4000")).isEqualTo(ExitCodes.USAGE);
        assertThat(err).contains("a whole number from 0 to 1000");
        assertThat(run("config", "image.retrys")).isEqualTo(ExitCodes.USAGE);
        assertThat(err).contains("did you mean image.retries?");
        assertThat(run("config", "image.retries", "--reset", "image.retries")).isEqualTo(ExitCodes.USAGE);
        assertThat(folder.resolve(FILE)).doesNotExist();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve(FILE), text);
    }

    private int run(String... args) {
        return run(new CommandLineRunner(service, configuration, true), args);
    }
}
