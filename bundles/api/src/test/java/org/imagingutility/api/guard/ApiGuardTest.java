package org.imagingutility.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the promise of the API's package versions: {@code released/} describes the packages as they were released last, and
 * a package that is another one since has a higher version.
 */
class ApiGuardTest {
    private static final Path RELEASED = Path.of("released");
    private static final List<String> OLD = List.of("version 1.2.3", "Codec: interface (consumer) extends ",
            "Codec: abstract int wireId()", "Job: interface (provider) extends ", "Job: abstract void pause()");

    @Test
    void everyPackageThatChangedSinceItsReleaseHasAHigherVersion() throws Exception {
        SortedMap<String, SortedSet<String>> now = ApiDescription.of(Path.of("target", "classes"), getClass().getClassLoader());
        List<String> complaints = new ArrayList<>();
        try (Stream<Path> files = Files.list(RELEASED)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".txt")).sorted().toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.txt$", "");
                ApiGuard.complaint(name, ApiGuard.Released.of(Files.readAllLines(file)), version(name),
                        now.getOrDefault(name, new TreeSet<>())).ifPresent(complaints::add);
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void releasedPackagesAreRecorded() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("org.imagingutility.api.codec.txt",
                    "org.imagingutility.api.device.txt", "org.imagingutility.api.job.txt");
        }
    }

    @Test
    void nothingIsAskedOfAPackageThatStayedAsItWas() {
        assertThat(complaint("1.2.3")).isEmpty();
        assertThat(complaint("1.3.0", "Codec: default int more()")).isEmpty();
    }

    @Test
    void anAdditionNeedsAHigherSecondNumber() {
        assertThat(complaint("1.2.9", "Codec: default int more()")).hasValueSatisfying(text -> assertThat(text)
                .contains("must be 1.3.0", "added: Codec: default int more()"));
        // who only calls a type is not broken by what it offers more
        assertThat(complaint("1.3.0", "Job: abstract void resume()")).isEmpty();
        assertThat(complaint("1.3.0", "New: interface (consumer) extends ", "New: abstract void all()")).isEmpty();
    }

    @Test
    void whatBreaksSomebodyNeedsAHigherFirstNumber() {
        assertThat(without("1.9.0", "Codec: abstract int wireId()")).hasValueSatisfying(text -> assertThat(text)
                .contains("must be 2.0.0", "gone:  Codec: abstract int wireId()"));
        assertThat(complaint("1.9.0", "Codec: abstract int more()")).hasValueSatisfying(text -> assertThat(text)
                .contains("must be 2.0.0"));
        assertThat(without("2.0.0", "Codec: abstract int wireId()")).isEmpty();
    }

    @Test
    void beforeOneTheFirstNumberSaysItToo() {
        List<String> young = new ArrayList<>(OLD);
        young.set(0, "version 0.1.0");
        ApiGuard.Released released = ApiGuard.Released.of(young);
        assertThat(ApiGuard.complaint("p", released, "0.2.0", new TreeSet<>())).hasValueSatisfying(text -> assertThat(text)
                .contains("must be 1.0.0"));
        assertThat(ApiGuard.complaint("p", released, "1.0.0", new TreeSet<>())).isEmpty();
    }

    @Test
    void allPackagesHaveBegunToPromise() throws Exception {
        for (String name : ApiDescription.of(Path.of("target", "classes"), getClass().getClassLoader()).keySet()) {
            assertThat(version(name)).as(name).doesNotStartWith("0.");
        }
    }

    private static Optional<String> complaint(String version, String... added) {
        ApiGuard.Released released = ApiGuard.Released.of(OLD);
        SortedSet<String> now = new TreeSet<>(released.lines());
        now.addAll(List.of(added));
        return ApiGuard.complaint("p", released, version, now);
    }

    private static Optional<String> without(String version, String line) {
        ApiGuard.Released released = ApiGuard.Released.of(OLD);
        SortedSet<String> now = new TreeSet<>(released.lines());
        assertThat(now.remove(line)).isTrue();
        return ApiGuard.complaint("p", released, version, now);
    }

    private static String version(String name) throws IOException {
        return ApiDescription.version(Path.of("src", "main", "java"), name);
    }
}
