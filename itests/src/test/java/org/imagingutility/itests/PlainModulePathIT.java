package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.XXHash32;
import org.apache.commons.lang3.StringUtils;
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
        for (String library : List.of("zstd-jni", "picocli", "jackson-core", "commons-compress", "commons-io", "xz")) {
            modules.add(Built.bundle(library));
        }
        // commons-compress needs them as a module, not as a bundle
        modules.add(jarOf(StringUtils.class));
        modules.add(jarOf(XXHash32.class));
        Run run = Run.of(null, Run.java(), "--module-path",
                modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "--add-modules", "ALL-MODULE-PATH", "-cp", System.getProperty("imaging.testClasses"),
                "org.imagingutility.itests.PlainMain", volume.toString(), image.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("module org.imagingutility.engine", "allocator ntfs", "intact true",
                "codecs bzip2 gzip lz4 none stored xz zstd");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.size(image)).isPositive();
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
