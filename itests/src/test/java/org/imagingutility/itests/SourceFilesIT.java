package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the sources, which classes do not tell any more. */
class SourceFilesIT {
    private static final int MOST_LINES = 400;

    @Test
    void noneHasMoreThanFourHundredLines() throws IOException {
        Path root = Path.of(System.getProperty("imaging.examples")).resolve("../..").normalize();
        Map<Path, Long> lines = new TreeMap<>();
        for (String part : new String[] {"bundles", "itests", "docs/examples"}) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : files.filter(SourceFilesIT::isSource).toList()) {
                    try (Stream<String> all = Files.lines(file)) {
                        lines.put(root.relativize(file), all.count());
                    }
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(1000).allSatisfy((file, count) -> assertThat(count).as(file.toString())
                .isLessThanOrEqualTo(MOST_LINES));
    }

    private static boolean isSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".java") && path.contains("/src/");
    }
}
