package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

/** The engine in a plain Java program: module path, ServiceLoader, no OSGi. */
class PlainModulePathIT {
    @Test
    void imagesAVolumeByServiceLoader() throws Exception {
        Path folder = Built.newFolder("plain");
        Path volume = Fixtures.unpack("ntfs-bitmap-runs", folder);
        Path image = folder.resolve("volume.skzimg");
        // as docs/plugins.md has it: folders of the distribution and nothing else
        Run run = Run.of(null, Run.java(), "--module-path",
                Built.home().resolve("bundles") + File.pathSeparator + Built.home().resolve("lib").resolve("modules"),
                "--add-modules", "ALL-MODULE-PATH", "-cp", System.getProperty("imaging.testClasses"),
                "org.imagingutility.itests.PlainMain", volume.toString(), image.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("module org.imagingutility.engine", "allocator ntfs", "intact true",
                "codecs bzip2 gzip lz4 none stored xz zstd");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.size(image)).isPositive();
    }
}
