package org.imagingutility.engine.files.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.CompareRequest;
import org.imagingutility.api.job.DifferenceSink;
import org.imagingutility.api.job.FileDifference;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final PlainFileSystem.Builder before = new PlainFileSystem.Builder();
    private final PlainFileSystem.Builder after = new PlainFileSystem.Builder();

    @BeforeEach
    void addReader() {
        engine.installed().fileSystemReaders().add(new PlainFileSystem(), 0, () -> Origin.ofModule(this));
    }

    /** Returns a line for each difference: {@code + path}, {@code - path}, {@code path [SIZE]}. */
    private List<String> compare(String path, boolean content) throws IOException, ImagingException {
        List<String> lines = new ArrayList<>();
        engine.compare(new CompareRequest(volume("before", before), volume("after", after), path, content), new DifferenceSink() {
            @Override
            public void differs(FileDifference difference) {
                lines.add((difference.isAdded() ? "+ " : difference.isRemoved() ? "- " : "") + difference.path()
                        + (difference.fields().isEmpty() ? "" : " " + new java.util.TreeSet<>(difference.fields())));
            }

            @Override
            public void unreadable(String source, String file, ImagingException error) throws ImagingException {
                throw error;
            }
        }, JobMonitor.NONE);
        return lines;
    }

    private BrowseRequest volume(String name, PlainFileSystem.Builder builder) throws IOException {
        return new BrowseRequest(Files.write(folder.resolve(name), builder.volume()).toString());
    }

    @Test
    void equalVolumesDoNotDiffer() throws Exception {
        for (PlainFileSystem.Builder each : List.of(before, after)) {
            each.file(each.directory(0, "directory"), "file", "content");
            each.link(0, "link", "directory");
        }
        assertThat(compare("/", true)).isEmpty();
    }

    @Test
    void whatDiffersIsTold() throws Exception {
        for (PlainFileSystem.Builder each : List.of(before, after)) {
            boolean first = each == before;
            each.file(0, "same", "same");
            each.file(0, "size", first ? "1" : "22");
            each.file(0, "bytes", first ? "abc" : "abd");
            each.link(0, "link", first ? "here" : "there");
            each.add(0, first ? FileKind.FILE : FileKind.DIRECTORY, "kind", new byte[0]);
            each.file(each.directory(0, first ? "gone" : "new"), "inside", "content");
            if (!first) {
                each.file(5, "below", "a directory now");
            }
        }
        assertThat(compare("/", false)).containsExactly("- gone", "- gone/inside", "kind [KIND]", "+ kind/below", "link [TARGET]", "+ new", "+ new/inside",
                "size [SIZE]");
        assertThat(compare("/", true)).contains("bytes [CONTENT]").hasSize(9);
    }

    @Test
    void aPathIsComparedAlone() throws Exception {
        for (PlainFileSystem.Builder each : List.of(before, after)) {
            int directory = each.directory(0, "directory");
            each.file(directory, each == before ? "old" : "new", "content");
            each.file(0, each == before ? "other" : "another", "content");
        }
        assertThat(compare("/directory", false)).containsExactly("+ directory/new", "- directory/old");
        assertThatThrownBy(() -> compare("/nothing", false)).isInstanceOf(UsageException.class);
    }

    @Test
    void timesAreCompared() throws Exception {
        before.file(0, "file", "content");
        // the builder counts seconds
        after.file(0, "another", "content");
        after.file(0, "file", "content");
        assertThat(compare("/", false)).containsExactly("+ another", "file [MODIFIED]");
    }

    @Test
    void aDirectoryThatIsTooLargeToBeHeldIsSortedAllTheSame() throws Exception {
        Random random = new Random(1);
        String[] names = new String[2000];
        for (int i = 0; i < names.length; i++) {
            // some names stand there several times
            names[i] = "name " + random.nextInt(1500);
            before.file(0, names[i], "");
        }
        EntryBudget budget = new EntryBudget(300);
        List<String> found = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        try (VolumeDevice device = VolumeDevice.of(new MemoryDevice(before.volume()));
                FileTree tree = new PlainFileSystem().open(device, ReadingOptions.standard()).orElseThrow();
                SortedDirectory sorted = new SortedDirectory(tree, tree.root(), budget, error -> {
                    throw error;
                })) {
            while (sorted.peek() != null) {
                DirectoryEntry entry = sorted.take();
                found.add(entry.name().text());
                ids.add(entry.node().id());
            }
        }
        Arrays.sort(names);
        assertThat(found).containsExactly(names);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(budget.share()).as("all is given back").isEqualTo(new EntryBudget(300).share());
    }
}
