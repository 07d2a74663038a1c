package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

/** The engine in a plain Java program: module path, ServiceLoader, no OSGi. */
class PlainModulePathIT {
    @Test
    void imagesAVolumeByServiceLoader() throws Exception {
        Path folder = Built.newFolder("plain");
        Path volume = Fixtures.unpack("ntfs-bitmap-runs", folder);
        Path image = folder.resolve("volume.skzimg");
        List<Path> modules = new ArrayList<>(Built.ownBundles());
        for (String library : List.of("zstd-jni", "picocli", "jackson-core")) {
            modules.add(Built.bundle(library));
        }
        Run run = Run.of(null, Run.java(), "--module-path",
                modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "--add-modules", "ALL-MODULE-PATH", "-cp", System.getProperty("imaging.testClasses"),
                "org.imagingutility.itests.PlainMain", volume.toString(), image.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("module org.imagingutility.engine", "allocator ntfs", "intact true");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.size(image)).isPositive();
    }
}
