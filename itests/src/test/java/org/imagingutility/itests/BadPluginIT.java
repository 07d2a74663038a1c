package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The distribution with a plug-in in its folder {@code deploy} that does not keep its contract: one process a command. */
class BadPluginIT {
    private static final Path CACHE = Built.newFolder("bad-plugin-cache");
    private Path home;
    private Path volume;
    private Path image;

    @BeforeEach
    void copyTheDistribution() throws Exception {
        home = Built.newFolder("home");
        copy(Built.home(), home);
        volume = Fixtures.unpack("ntfs-badclus", Built.newFolder("volume"));
        image = volume.resolveSibling("volume.skzimg");
    }

    @Test
    void aCodecWithoutANameIsListedAndDisturbsNobody() throws Exception {
        deploy("1.0.0", ExampleCodec.Variant.NAMELESS);
        Run plugins = imaging("plugins");
        assertThat(plugins.exitCode()).isZero();
        assertThat(plugins.out()).containsPattern("codec +\\? .*com\\.example\\.imaging\\.codec\\.deflate +1\\.0\\.0 +ACTIVE refused")
                .contains("not used: codec ? (com.example.imaging.codec.deflate 1.0.0): its name is null");
        othersWork();
    }

    @Test
    void aCodecThatCannotBeMadeIsListedAndDisturbsNobody() throws Exception {
        deploy("1.0.0", ExampleCodec.Variant.NOT_MADE);
        Run plugins = imaging("plugins");
        assertThat(plugins.exitCode()).isZero();
        assertThat(plugins.out()).contains("not used: codec ? (com.example.imaging.codec.deflate 1.0.0): its object cannot be made");
        othersWork();
    }

    @Test
    void aForeignCodecDoesNotTakeTheWireIdOfThisProjects() throws Exception {
        assertThat(imaging("image", "--device", volume.toString(), "--out", image.toString()).exitCode()).isZero();
        deploy("1.0.0", ExampleCodec.Variant.DEFAULT_CODEC);
        assertThat(imaging("plugins").out()).contains("not used: codec deflate (com.example.imaging.codec.deflate 1.0.0): wire ids below 32768");
        assertThat(imaging("verify", "--in", image.toString()).exitCode()).isZero();
        Files.delete(image);
        othersWork();
    }

    @Test
    void aCodecThatFailsIsNamedWithItsBundle() throws Exception {
        deploy("1.0.0", ExampleCodec.Variant.FAILING);
        Run run = imaging("image", "--device", volume.toString(), "--out", image.toString(), "--codec", "deflate");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("imaging: codec \"deflate\" of com.example.imaging.codec.deflate 1.0.0 broke its contract: "
                + "FrameCompressor.compress threw java.lang.NullPointerException: oops").doesNotContain("\tat ");
        assertThat(image).doesNotExist();
    }

    /** A codec that loses a bit made images that were damaged from the start, with exit code 0. */
    @Test
    void aCodecThatLosesContentMakesNoImage() throws Exception {
        deploy("1.0.0", ExampleCodec.Variant.LOSSY);
        Run run = imaging("image", "--device", volume.toString(), "--out", image.toString(), "--codec", "deflate");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("com.example.imaging.codec.deflate 1.0.0 broke its contract", "do not come back");
        assertThat(image).doesNotExist();
    }

    @Test
    void aPluginBuiltAgainstAnApiThatIsNoMoreIsNotResolvedAndNamed() throws Exception {
        deploy("1.0.0", ExampleCodec.Variant.OF_OLD_API);
        Run plugins = imaging("plugins");
        assertThat(plugins.exitCode()).isZero();
        assertThat(plugins.err()).contains("bundle com.example.imaging.codec.deflate does not start", "org.imagingutility.api");
        assertThat(plugins.out()).doesNotContain("com.example.imaging.codec.deflate");
        othersWork();
    }

    @Test
    void ofTwoVersionsTheNewerIsUsedAndThatIsSaid() throws Exception {
        deploy("1.9.0", ExampleCodec.Variant.PREFERRED);
        deploy("1.10.0", ExampleCodec.Variant.AS_IT_IS);
        assertThat(imaging("plugins").out()).contains(
                "not used: codec deflate (com.example.imaging.codec.deflate 1.9.0): version 1.10.0 of it is used");
        assertThat(imaging("image", "--device", volume.toString(), "--out", image.toString(), "--codec", "deflate", "--verify").exitCode())
                .isZero();
    }

    private void deploy(String version, ExampleCodec.Variant variant) throws IOException {
        Path jar = ExampleCodec.build(Built.newFolder("bad-plugin"), version, variant);
        Files.copy(jar, home.resolve("deploy").resolve(jar.getFileName()));
    }

    private void othersWork() throws Exception {
        assertThat(imaging("list").exitCode()).isZero();
        assertThat(imaging("image", "--device", volume.toString(), "--out", image.toString(), "--verify").exitCode()).isZero();
        Path restored = volume.resolveSibling("restored");
        assertThat(imaging("restore", "--in", image.toString(), "--device", restored.toString(), "--verify").exitCode()).isZero();
    }

    private Run imaging(String... args) throws IOException, InterruptedException {
        return Run.of(CACHE, Stream.concat(Stream.of(Run.script(home)), Stream.of(args)).toArray(String[]::new));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                Path target = to.resolve(from.relativize(file).toString());
                try {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
