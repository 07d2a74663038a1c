package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

/** The distribution as a user starts it: one process a command. */
class DistributionIT {
    private static final Path CACHE = Built.newFolder("cache");

    @Test
    void tellsItsVersionWithoutAContainer() throws Exception {
        Path cache = Built.newFolder("no-cache");
        Run run = Run.of(null, Run.java(), "-Dimaging.home=/nonexistent", "-jar",
                Built.home().resolve("lib").resolve("launcher.jar").toString(), "--version");
        assertThat(run.out()).matches("imaging \\d+\\.\\d+\\.\\d+\\R");
        assertThat(run.exitCode()).isZero();
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void runsTheDemo() throws Exception {
        Run run = imaging(Built.home(), "demo");
        assertThat(run.out()).contains("OK: the restored volume equals the original in every used byte");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void imagesVerifiesAndExportsAcrossProcesses() throws Exception {
        Path folder = Built.newFolder("with blank");
        Path volume = Fixtures.unpack("ntfs-badclus", folder);
        String image = folder.resolve("volume.skzimg").toString();
        String raw = folder.resolve("volume.raw").toString();
        assertThat(imaging(Built.home(), "image", "--device", volume.toString(), "--out", image, "--all-blocks").exitCode()).isZero();
        assertThat(imaging(Built.home(), "verify", "--in", image).out()).endsWith("OK" + System.lineSeparator());
        assertThat(imaging(Built.home(), "export-raw", "--in", image, "--out", raw).exitCode()).isZero();
        assertThat(Fixtures.sha256(Path.of(raw))).isEqualTo(Fixtures.sha256(volume));
        assertThat(imaging(Built.home(), "image", "--device", volume.toString(), "--out", image).exitCode()).isEqualTo(6);
        assertThat(imaging(Built.home(), "image", "--devise", "x").exitCode()).isEqualTo(1);
        assertThat(imaging(Built.home(), "info", "--in", volume.toString()).exitCode()).isEqualTo(5);
    }

    @Test
    void namesTheMissingCodecAndUsesItOnceItIsDeployed() throws Exception {
        Path home = Built.newFolder("home with blank");
        copy(Built.home(), home);
        Path codec = Built.bundle("org.imagingutility.codec-zstd").getFileName();
        Files.move(home.resolve("bundles").resolve(codec), home.resolve(codec));
        Path volume = Fixtures.unpack("ntfs-badclus", Built.newFolder("volume"));
        String image = volume.resolveSibling("volume.skzimg").toString();

        Run without = imaging(home, "image", "--device", volume.toString(), "--out", image);
        assertThat(without.err()).startsWith("imaging: ").contains("\"zstd\"", "available: bzip2, gzip, lz4, none, stored, xz").doesNotContain("\tat ");
        assertThat(without.exitCode()).isIn(1, 5);

        Files.move(home.resolve(codec), home.resolve("deploy").resolve(codec));
        assertThat(imaging(home, "image", "--device", volume.toString(), "--out", image).exitCode()).isZero();
    }

    @Test
    void saysWhichComponentWaitsForWhatIfTheEngineIsMissing() throws Exception {
        Path home = Built.newFolder("home with blank");
        copy(Built.home(), home);
        Files.delete(home.resolve("bundles").resolve(Built.bundle("org.imagingutility.engine").getFileName()));
        Run run = imaging(home, "plugins");
        assertThat(run.err()).contains("imaging: cannot start: ",
                "component org.imagingutility.command.OneShot waits for a service org.imagingutility.api.job.ImagingService");
        assertThat(run.exitCode()).isEqualTo(70);
    }

    @Test
    void namesADeployedFileThatIsNoBundleInEveryRunAndContinues() throws Exception {
        Path home = Built.newFolder("home with blank");
        copy(Built.home(), home);
        Files.writeString(home.resolve("deploy").resolve("broken.jar"), "no jar");
        for (int i = 0; i < 2; i++) {
            Run run = imaging(home, "plugins");
            assertThat(run.err()).contains("broken.jar");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void holdsTheBundlesOfItsRequirements() throws Exception {
        String bndrun = Files.readString(Path.of(System.getProperty("imaging.bndrun")));
        List<String> resolved = Pattern.compile("([\\w.-]+);version=").matcher(bndrun.substring(bndrun.indexOf("-runbundles")))
                .results().map(match -> match.group(1)).sorted().toList();
        List<String> shipped = new ArrayList<>();
        for (Path bundle : Built.bundles()) {
            try (JarFile jar = new JarFile(bundle.toFile())) {
                shipped.add(jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName").split(";")[0]);
            }
        }
        assertThat(shipped).containsExactlyInAnyOrderElementsOf(resolved);
    }

    @Test
    void runsWhereNoCacheCanBeWritten() throws Exception {
        Path file = Files.createFile(Built.newFolder("cache-file").resolve("file"));
        Run run = Run.of(file, Run.script(Built.home()), "plugins");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    private static Run imaging(Path home, String... args) throws IOException, InterruptedException {
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
