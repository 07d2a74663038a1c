package org.imagingutility.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.repository.ForgetRequest;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.api.repository.RetainedImage;
import org.imagingutility.api.repository.RetentionPolicy;
import org.imagingutility.engine.TestEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a repository by what they are found by. */
class RepositoryFilterTest {
    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private String repository;

    @BeforeEach
    void begin() throws Exception {
        repository = folder.resolve("r").toString();
        engine.initRepository(repository);
        Files.write(folder.resolve("d1"), new byte[300_000]);
        Files.write(folder.resolve("d2"), new byte[400_000]);
        image("d1", "a", new ImageLabels(Optional.of("PC-1"), List.of("daily", "os")));
        image("d2", "b", new ImageLabels(Optional.of("pc-2"), List.of("daily")));
        image("d2", "c", ImageLabels.NONE);
    }

    private void image(String device, String name, ImageLabels labels) throws ImagingException {
        ImageRequest usual = TestEngine.request(folder.resolve(device), Path.of(repository + "#" + name), true, 1);
        engine.image(new ImageRequest(usual.device(), usual.target(), usual.output(), usual.source(), usual.readErrors(), usual.layout(),
                usual.pipeline(), List.of(), labels), JobMonitor.NONE);
    }

    private List<String> names(Optional<String> host, Optional<String> device, List<String> tags, Optional<Instant> since, Optional<Instant> before)
            throws ImagingException {
        return engine.images(repository, new RepositoryFilter(Optional.empty(), host, device, tags, since, before)).stream()
                .map(RepositoryImage::name).toList();
    }

    @Test
    void imagesAreFoundByHostDeviceAndTags() throws Exception {
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        assertThat(names(any, any, List.of(), ever, ever)).containsExactly("a", "b", "c");
        assertThat(names(Optional.of("pc-1"), any, List.of(), ever, ever)).containsExactly("a");
        assertThat(names(any, Optional.of(folder.resolve("d2").toString()), List.of(), ever, ever)).containsExactly("b", "c");
        assertThat(names(any, any, List.of("daily"), ever, ever)).containsExactly("a", "b");
        assertThat(names(any, any, List.of("os", "daily"), ever, ever)).containsExactly("a");
        assertThat(names(Optional.of("pc-2"), any, List.of("os"), ever, ever)).isEmpty();
        RepositoryImage first = engine.images(repository, RepositoryFilter.ALL).get(0);
        assertThat(first.labels()).isEqualTo(new ImageLabels(Optional.of("PC-1"), List.of("daily", "os")));
    }

    @Test
    void imagesAreFoundByTime() throws Exception {
        Optional<String> any = Optional.empty();
        Instant created = engine.images(repository, Optional.of("a")).get(0).info().orElseThrow().spec().created();
        Optional<Instant> then = Optional.of(created);
        Optional<Instant> later = Optional.of(created.plusSeconds(1));
        assertThat(names(any, any, List.of(), then, Optional.empty())).contains("a");
        assertThat(names(any, any, List.of(), later, Optional.empty())).doesNotContain("a");
        assertThat(names(any, any, List.of(), Optional.empty(), then)).isEmpty();
        assertThat(names(any, any, List.of(), then, later)).contains("a");
    }

    @Test
    void oneThatCannotBeReadMayBeOneThatIsAskedFor() throws Exception {
        Path manifest;
        try (var files = Files.list(Path.of(repository, "images", "b"))) {
            manifest = files.findFirst().orElseThrow();
        }
        Files.write(manifest, new byte[] {'{'});
        assertThat(names(Optional.of("pc-1"), Optional.empty(), List.of(), Optional.empty(), Optional.empty())).containsExactly("a", "b");
        assertThat(names(Optional.empty(), Optional.empty(), List.of(), Optional.of(Instant.parse("9999-01-01T00:00:00Z")), Optional.empty()))
                .isEmpty();
    }

    @Test
    void imagesWithATagAreKeptAndThoseWhoseTagsCannotBeRead() throws Exception {
        Path manifest;
        try (var files = Files.list(Path.of(repository, "images", "c"))) {
            manifest = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(manifest);
        Files.write(manifest, new byte[] {'{'});
        RetentionPolicy policy = new RetentionPolicy(0, 0, 0, 0, 0, 0, List.of("os", "never"));
        assertThat(engine.forget(new ForgetRequest(repository, List.of(), Optional.of(policy), true)).images()).extracting(RetainedImage::reasons)
                .containsExactly(List.of("tag os"), List.of(), List.of("its tags cannot be read"));
        Files.write(manifest, whole);
        engine.forget(new ForgetRequest(repository, List.of(), Optional.of(policy), false));
        assertThat(names(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty())).containsExactly("a");
    }

    @Test
    void anImageIsVerifiedByItsTimeWhateverElseGetsItsName() throws Exception {
        ImageRequest usual = TestEngine.request(folder.resolve("d1"), Path.of(repository + "#a"), true, 1);
        List<String> verified = new ArrayList<>();
        engine.image(new ImageRequest(usual.device(), usual.target(), new ImageRequest.Output(false, false, true, Optional.empty(), Duration.ZERO),
                usual.source(), usual.readErrors(), usual.layout(), usual.pipeline(), List.of()), new JobMonitor() {
                    @Override
                    public void progress(Progress progress) {
                        if (progress.activity().equals("Verifying")) {
                            verified.add(progress.subject());
                        }
                    }
                });
        RepositoryImage made = engine.images(repository, Optional.of("a")).stream()
                .filter(image -> image.info().orElseThrow().statistics().number("repository.newFrames").equals(Optional.of(0L))).findFirst().orElseThrow();
        assertThat(verified).isNotEmpty().containsOnly(made.reference());
    }

    @Test
    void whatIsInARepositoryIsNotRepairedButHealed() {
        assertThatThrownBy(() -> engine.repair(new RepairRequest(repository + "#a", Optional.empty(), false, false, PipelineOptions.DEFAULT),
                JobMonitor.NONE)).isInstanceOf(UsageException.class).hasMessageContaining("is in a repository");
    }

    @Test
    void labelsGoWithAnImageThatIsConverted() throws Exception {
        String file = folder.resolve("i.skzimg").toString();
        engine.convert(new ConvertRequest(repository + "#a", file, false, false, false, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
        assertThat(ImageLabels.of(engine.info(file).spec().metadata()).tags()).containsExactly("daily", "os");
    }
}
