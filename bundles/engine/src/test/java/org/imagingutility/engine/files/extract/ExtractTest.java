package org.imagingutility.engine.files.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Volumes with any names there can be, into a folder beside which others lie that must stay as they are. */
class ExtractTest {
    @TempDir
    private Path base;
    private Path outside;
    private Path folder;
    private Path source;
    private final TestEngine engine = new TestEngine();
    private final PlainFileSystem.Builder volume = new PlainFileSystem.Builder();
    private final List<String> notices = new ArrayList<>();
    private int cancelAfter = Integer.MAX_VALUE;

    @BeforeEach
    void makeFolders() throws IOException {
        outside = Files.createDirectory(base.resolve("outside"));
        Files.writeString(outside.resolve("passwd"), "root");
        Files.writeString(Files.createDirectory(outside.resolve("etc")).resolve("passwd"), "root");
        folder = outside.resolve("folder");
        source = base.resolve("volume.raw");
        engine.installed().fileSystemReaders().add(new PlainFileSystem(), 0, () -> Origin.ofModule(this));
    }

    private ExtractResult extract(boolean merge, boolean force, String... paths) throws Exception {
        Path file = Files.write(source, volume.volume());
        SortedMap<String, String> before = content(outside);
        try {
            return engine.extract(new ExtractRequest(new BrowseRequest(file.toString()), List.of(paths), folder.toString(), merge, force, true, false,
                    Optional.empty()), new JobMonitor() {
                        private int asked;

                        @Override
                        public void notice(String line) {
                            notices.add(line);
                        }

                        @Override
                        public boolean cancelled() {
                            return ++asked > cancelAfter;
                        }
                    });
        } finally {
            assertThat(content(outside)).as("outside of the folder").isEqualTo(before);
        }
    }

    /** Returns what is below a folder, without the folder of this test: contents of files, targets of links. */
    private SortedMap<String, String> content(Path root) throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                all.put(root.relativize(each).toString(), "/");
                return !root.equals(folder) && each.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                all.put(root.relativize(each).toString(), attributes.isSymbolicLink() ? "-> " + Files.readSymbolicLink(each)
                        : Files.readString(each, StandardCharsets.ISO_8859_1));
                return FileVisitResult.CONTINUE;
            }
        });
        if (!root.equals(folder)) {
            all.remove(root.relativize(folder).toString());
        }
        all.remove("");
        return all;
    }

    @Test
    void aTreeIsWrittenWithItsTimesAndLinks() throws Exception {
        int directory = volume.directory(0, "directory");
        int below = volume.directory(directory, "below");
        volume.file(below, "file", "content");
        volume.file(0, "empty", "");
        volume.link(0, "link", "directory/below");
        ExtractResult result = extract(false, false);
        assertThat(result.isComplete()).isTrue();
        assertThat(content(folder)).isEqualTo(new TreeMap<>(java.util.Map.of("directory", "/", "directory/below", "/",
                "directory/below/file", "content", "empty", "", "link", "-> directory/below")));
        assertThat(result.counts()).isEqualTo(new ExtractResult.Counts(2, 2, 1, 0, 0, 7, 0, 0, 0));
        // the builder counts seconds
        assertThat(Files.getLastModifiedTime(folder.resolve("directory")).toInstant()).isEqualTo(Instant.ofEpochSecond(1_600_000_000));
        assertThat(Files.getLastModifiedTime(folder.resolve("directory/below/file")).toInstant()).isEqualTo(Instant.ofEpochSecond(1_600_000_002));
        assertThat(Files.getLastModifiedTime(folder.resolve("link"), LinkOption.NOFOLLOW_LINKS).toInstant())
                .isEqualTo(Instant.ofEpochSecond(1_600_000_004));
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws Exception {
        for (String name : List.of("../passwd", "/etc/passwd", "..\\passwd", "etc/../../passwd", "", "a/b", "x\0y", ".imaging-unfinished")) {
            volume.file(0, name, "evil");
            volume.file(volume.directory(0, name), "passwd", "evil");
        }
        ExtractResult result = extract(false, false);
        assertThat(result.isComplete()).isTrue();
        assertThat(content(folder)).containsKeys("..%2Fpasswd", "%2Fetc%2Fpasswd", "%", "x%00y", "%2Eimaging-unfinished", "%2Eimaging-unfinished (2)/passwd",
                "..%2Fpasswd (2)", "..%2Fpasswd (2)/passwd");
        assertThat(result.counts().files()).isEqualTo(16);
        assertThat(result.counts().changed()).isEqualTo(notices.size()).isGreaterThanOrEqualTo(14);
    }

    @Test
    void noLinkOfTheVolumeIsGoneThrough() throws Exception {
        volume.link(0, "a", "../etc");
        volume.file(volume.directory(0, "a"), "passwd", "evil");
        volume.link(0, "f", "../passwd");
        volume.file(0, "f", "evil");
        volume.link(0, "absolute", outside.resolve("etc").toString());
        volume.file(volume.directory(0, "absolute"), "passwd", "evil");
        assertThat(extract(false, false).isComplete()).isTrue();
        assertThat(content(folder)).containsEntry("a", "-> ../etc").containsEntry("a (2)/passwd", "evil").containsEntry("f (2)", "evil");
        // nor when all that is there is merged with
        assertThat(extract(true, true).isComplete()).isTrue();
        assertThat(content(folder)).hasSize(8);
    }

    @Test
    void noLinkThatIsThereIsGoneThrough() throws Exception {
        Files.createDirectory(folder);
        Files.createSymbolicLink(folder.resolve("directory"), outside.resolve("etc"));
        Files.createSymbolicLink(folder.resolve("file"), outside.resolve("passwd"));
        volume.file(volume.directory(0, "directory"), "passwd", "evil");
        volume.file(0, "file", "new");
        ExtractResult merged = extract(true, false);
        assertThat(merged.missing()).extracting(ExtractResult.Missing::path).containsExactly("/directory", "/file");
        ExtractResult forced = extract(true, true);
        assertThat(forced.missing()).extracting(ExtractResult.Missing::path).containsExactly("/directory");
        assertThat(content(folder)).containsEntry("file", "new").containsEntry("directory", "-> " + outside.resolve("etc"));
    }

    @Test
    void twoOfOneNameAreBothThere() throws Exception {
        for (int i = 0; i < 100; i++) {
            volume.file(0, "same.txt", "content " + i);
        }
        extract(false, false);
        assertThat(content(folder)).hasSize(100).containsEntry("same.txt", "content 0").containsEntry("same (2).txt", "content 1");
        assertThat(content(folder).values()).doesNotHaveDuplicates();
        assertThat(extract(true, false).counts().kept()).isEqualTo(100);
        assertThat(content(folder)).hasSize(100);
    }

    @Test
    void aFolderWithSomethingInItIsRefusedUnlessMergedWith() throws Exception {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("other"), "stays");
        Files.writeString(folder.resolve("file"), "stays, too");
        volume.file(0, "file", "new");
        assertThatThrownBy(() -> extract(false, false)).isInstanceOf(TargetException.class).hasMessageContaining("not empty");
        assertThat(extract(true, false).missing()).extracting(ExtractResult.Missing::path).containsExactly("/file");
        assertThat(content(folder)).containsEntry("file", "stays, too").containsEntry("other", "stays");
        assertThat(extract(true, true).isComplete()).isTrue();
        assertThat(content(folder)).containsEntry("file", "new").containsEntry("other", "stays").hasSize(2);
    }

    @Test
    void whatWasInterruptedGoesOn() throws Exception {
        int directory = volume.directory(0, "directory");
        for (int i = 0; i < 20; i++) {
            volume.file(directory, "file" + i, "content " + i);
        }
        // each name is asked twice at least, in both passes
        cancelAfter = 40;
        assertThatThrownBy(() -> extract(false, false)).isInstanceOf(CancelledException.class);
        long there = content(folder).keySet().stream().filter(name -> name.startsWith("directory/file")).count();
        assertThat(there).isPositive().isLessThan(20);
        assertThatThrownBy(() -> extract(false, false)).isInstanceOf(TargetException.class).hasMessageContaining("interrupted");
        cancelAfter = Integer.MAX_VALUE;
        ExtractResult result = extract(true, false);
        assertThat(result.isComplete()).isTrue();
        // the directory and the files that were complete
        assertThat(result.counts().kept()).isEqualTo(there + 1);
        assertThat(content(folder)).hasSize(21).containsEntry("directory/file19", "content 19");
    }

    @Test
    void whatIsWantedIsWrittenAndNothingElse() throws Exception {
        int one = volume.directory(0, "one");
        int deep = volume.directory(one, "deep");
        volume.file(deep, "a.txt", "a");
        volume.file(deep, "b.bin", "b");
        volume.file(volume.directory(0, "two"), "c.txt", "c");
        volume.file(0, "odd[1]", "odd");
        volume.directory(0, "empty");
        extract(false, false, "/one/deep/*.txt", "t?o", "odd[1]", "/*/deep/a.*");
        assertThat(content(folder)).containsOnlyKeys("one", "one/deep", "one/deep/a.txt", "two", "two/c.txt", "odd[1]");
    }

    @Test
    void whatIsNotThereIsSaidBeforeAnythingIsWritten() throws Exception {
        volume.file(0, "file", "content");
        assertThatThrownBy(() -> extract(false, false, "file", "nothing")).isInstanceOf(UsageException.class).hasMessageContaining("nothing");
        assertThatThrownBy(() -> extract(false, false, "file", "*.bin")).isInstanceOf(UsageException.class).hasMessageContaining("*.bin");
        assertThat(folder).doesNotExist();
    }

    @Test
    void pipesAreLeftOutAndListed() throws Exception {
        volume.add(0, FileKind.PIPE, "pipe", new byte[0]);
        ExtractResult result = extract(false, false);
        assertThat(result.missing()).singleElement().satisfies(missing -> assertThat(missing.reason()).contains("pipe"));
        assertThat(result.isComplete()).isFalse();
        assertThat(content(folder)).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only there folders are opened from the one above them")
    void aDeepTreeIsWritten() throws Exception {
        int directory = 0;
        for (int i = 0; i < 700; i++) {
            directory = volume.directory(directory, "level");
        }
        volume.file(directory, "file", "deep");
        assertThat(extract(false, false).counts().directories()).isEqualTo(700);
        // paths of that length go no further in one step
        assertThat(folder.resolve("level/".repeat(600))).isDirectory();
        // and Java does not remove what lies there
        assertThat(new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor()).isZero();
    }

    /** The only copy of what is in the volume would be gone, with some files of it unread. */
    @Test
    void whatIsReadIsNotReplacedByAFileOfTheVolumeThatHasItsName() throws Exception {
        source = Files.createDirectories(folder.resolve("backups")).resolve("volume.raw");
        Files.writeString(folder.resolve("backups/other"), "old");
        int backups = volume.directory(0, "backups");
        volume.file(backups, "other", "new");
        volume.file(backups, "volume.raw", "evil");
        ExtractResult result = extract(true, true);
        assertThat(result.isComplete()).isFalse();
        assertThat(notices).anyMatch(line -> line.contains("backups/volume.raw") && line.contains("what is being read stands in its place"));
        assertThat(source).hasBinaryContent(volume.volume());
        assertThat(folder.resolve("backups/other")).hasContent("new");
    }

    @Test
    void allOfAFolderThatIsReadStaysAsItIs() throws Exception {
        Path set = Files.createDirectories(folder.resolve("sets/a"));
        assertThat(SourcePlace.of(set.toString(), folder)).contains(new SourcePlace("sets/a", true));
        assertThat(SourcePlace.of(set + "#2", folder)).contains(new SourcePlace("sets/a", true));
        assertThat(SourcePlace.of(set + "#name@2026", folder)).contains(new SourcePlace("sets/a", true));
        assertThat(SourcePlace.of(folder.toString(), folder)).contains(new SourcePlace("", true));
        assertThat(SourcePlace.of(outside.toString(), folder)).isEmpty();
        assertThat(SourcePlace.of("\0", folder)).isEmpty();
        SourcePlace place = new SourcePlace("sets/a", true);
        assertThat(List.of("sets/a", "sets/a/1.skzimg")).allMatch(path -> place.isAt(path, true));
        assertThat(List.of("sets/ab", "sets", "a", "Sets/A/1")).noneMatch(path -> place.isAt(path, true));
        assertThat(place.isAt("Sets/A/1", false)).isTrue();
        assertThat(new SourcePlace("a.raw", false).isAt("a.raw/b", true)).isFalse();
        assertThat(new SourcePlace("", true).isAt("anything", true)).isTrue();
    }
}
