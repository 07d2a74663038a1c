package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.CompareRequest;
import org.imagingutility.api.job.DifferenceSink;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.FileDifference;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of an image that is open while each part that reads it is replaced. */
class FilesSwapTest {
    private static final int FILES = 40;
    private static final int PLACES = 2;

    @TempDir
    private Path folder;
    private SwapTrial trial;
    private Path image;

    @BeforeEach
    void makeAnImageOfFiles() throws Exception {
        trial = new SwapTrial(Files.createDirectories(folder.resolve("trial")));
        trial.engine.installed().fileSystemReaders().add(new PlainFileSystem(), 0, () -> Origin.ofModule(this));
        PlainFileSystem.Builder volume = new PlainFileSystem.Builder();
        Random random = new Random(3);
        int directory = 0;
        for (int i = 0; i < FILES; i++) {
            directory = i % 10 == 0 ? volume.directory(directory, "directory " + i) : directory;
            byte[] content = new byte[random.nextInt(3 * SwapTrial.FRAME)];
            random.nextBytes(content);
            volume.add(directory, FileKind.FILE, ("file " + i).getBytes(StandardCharsets.UTF_8), content);
        }
        Files.write(trial.device, volume.volume());
        image = folder.resolve("image.skzimg");
        trial.engine.image(trial.request(image), JobMonitor.NONE);
    }

    @ParameterizedTest
    @CsvSource({"codec", "container format", "image store", "file system reader"})
    void allFilesAreExtractedWhicheverPartIsReplacedMeanwhile(String kind) throws Exception {
        int[] asked = {0};
        Map<String, String> quiet = extracted("quiet", new SwapMonitor(count -> asked[0] = count));
        assertThat(quiet).hasSize(FILES);
        for (int place = 1; place <= PLACES; place++) {
            int when = Math.max(1, asked[0] * place / (PLACES + 1));
            SwapMonitor monitor = new SwapMonitor(count -> {
                if (count == when) {
                    trial.swap(kind, 30);
                }
            });
            assertThat(extracted("swapped" + place, monitor)).isEqualTo(quiet);
            trial.settle();
            assertThat(monitor.notices()).isEmpty();
            assertThat(monitor.states()).allMatch(state -> state.equals("RUNNING") || state.startsWith("WAITING " + kind + " "));
        }
    }

    @Test
    void volumesAreComparedToTheEndWhileTheirReaderIsReplacedAndNothingIsToldTwice() throws Exception {
        PlainFileSystem.Builder other = new PlainFileSystem.Builder();
        for (int i = 0; i < FILES; i++) {
            other.file(0, "other " + i, "x".repeat(i));
        }
        Path after = Files.write(folder.resolve("after.raw"), other.volume());
        CompareRequest request = new CompareRequest(new BrowseRequest(image.toString()), new BrowseRequest(after.toString()), "", true);
        Differences quiet = new Differences(0);
        trial.engine.compare(request, quiet, JobMonitor.NONE);
        Differences swapped = new Differences(quiet.paths.size() / 2);
        SwapMonitor monitor = new SwapMonitor(count -> { });
        trial.engine.compare(request, swapped, monitor);
        trial.settle();
        assertThat(swapped.paths).isEqualTo(quiet.paths).hasSizeGreaterThan(FILES);
        assertThat(monitor.notices()).containsExactly("the comparison starts over: file system reader plain was replaced");
    }

    /** Notes differences, and has the reader replaced at one of them. */
    private final class Differences implements DifferenceSink {
        private final List<String> paths = new ArrayList<>();
        private final int when;

        Differences(int when) {
            this.when = when;
        }

        @Override
        public void differs(FileDifference difference) {
            paths.add(difference.path());
            if (paths.size() == when) {
                trial.swap("file system reader", 30);
                trial.awaitTold();
            }
        }

        @Override
        public void unreadable(String source, String path, ImagingException error) throws ImagingException {
            throw error;
        }
    }

    private Map<String, String> extracted(String name, JobMonitor monitor) throws Exception {
        Path into = folder.resolve(name);
        ExtractResult result = trial.engine.extract(new ExtractRequest(new BrowseRequest(image.toString()), List.of(), into.toString(), false, false,
                true, false, Optional.empty()), monitor);
        assertThat(result.isComplete()).isTrue();
        Map<String, String> made = new TreeMap<>();
        try (Stream<Path> files = Files.walk(into)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                made.put(into.relativize(file).toString(), Fixtures.sha256(file));
            }
        }
        return made;
    }
}
