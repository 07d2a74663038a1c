package org.imagingutility.engine.files.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.view.Views;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of images that are served for long, while what they are read with comes and goes. */
class ServedImagesTest {
    private static final int FILES = 60;
    private static final int THREADS = 3;
    private static final int SWAPS = 5;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final byte[] large = new byte[700_000];
    private Path image;

    @BeforeEach
    void makeImage() throws Exception {
        new Random(6).nextBytes(large);
        PlainFileSystem.Builder builder = new PlainFileSystem.Builder();
        int directory = builder.directory(0, "directory");
        for (int i = 0; i < FILES; i++) {
            builder.file(directory, "file " + i, "content " + i);
        }
        builder.add(directory, FileKind.FILE, "large", large);
        image = folder.resolve("volume.skzimg");
        engine.image(TestEngine.request(Files.write(folder.resolve("volume.raw"), builder.volume()), image, true, 2), JobMonitor.NONE);
        install();
    }

    private void install() {
        engine.installed().fileSystemReaders().add(new PlainFileSystem(), 0, () -> Origin.ofModule(this));
    }

    private void swap() {
        engine.installed().fileSystemReaders().all().forEach(engine.installed().fileSystemReaders()::remove);
        install();
    }

    private static ServeRequest.Export export(Path path) {
        return new ServeRequest.Export("name", path.toString(), false, Optional.empty());
    }

    private Views views() {
        return new Views(engine.installed(), JobMonitor.NONE, 1 << 20, 2);
    }

    private byte[] read(FileContent content, int offset, int length) throws ImagingException {
        ByteBuffer target = ByteBuffer.allocate(length);
        content.read(offset, target);
        return target.array();
    }

    @Test
    void whatWasBegunGoesOnWithTheReaderThatComes() throws Exception {
        try (Views views = views(); ServedImages images = new ServedImages(engine.installed(), JobMonitor.NONE, views)) {
            ServedImage served = images.open(export(image));
            assertThat(served.isDisk()).isFalse();
            ServedVolume volume = served.volumes().get(0);
            assertThat(volume.description()).startsWith("plain");
            try (FileTree tree = volume.open()) {
                TreePath directory = TreePath.find(tree, "directory", true);
                List<String> names = new ArrayList<>();
                try (DirectoryCursor cursor = tree.list(directory.node());
                        FileContent content = tree.open(TreePath.find(tree, "directory/large", true).node())) {
                    for (int i = 0; i < 10; i++) {
                        assertThat(cursor.next()).isTrue();
                        names.add(cursor.entry().name().text());
                    }
                    assertThat(read(content, 0, 300_000)).isEqualTo(Arrays.copyOf(large, 300_000));
                    swap();
                    assertThat(read(content, 300_000, 400_000)).isEqualTo(Arrays.copyOfRange(large, 300_000, 700_000));
                    while (cursor.next()) {
                        names.add(cursor.entry().name().text());
                    }
                }
                assertThat(names).hasSize(FILES + 1).doesNotHaveDuplicates().endsWith("large");
                assertThat(tree.details(directory.node()).kind()).isEqualTo(FileKind.DIRECTORY);
            }
        }
        assertThat(engine.plugins()).allMatch(plugin -> plugin.users().isEmpty());
    }

    @Test
    void manyReadersSeeTheSameFilesWhileTheReaderIsReplaced() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong rounds = new AtomicLong();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (Views views = views(); ServedImages images = new ServedImages(engine.installed(), JobMonitor.NONE, views)) {
            ServedVolume volume = images.open(export(image)).volumes().get(0);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> {
                    try {
                        while (!stop.get()) {
                            readAll(volume);
                            rounds.incrementAndGet();
                        }
                    } catch (ImagingException | RuntimeException | Error e) {
                        failures.add(e);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (int i = 0; i < SWAPS; i++) {
                long before = rounds.get();
                swap();
                while (failures.isEmpty() && rounds.get() < before + THREADS) {
                    Thread.onSpinWait();
                }
            }
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(engine.plugins()).allMatch(plugin -> plugin.users().isEmpty());
    }

    private void readAll(ServedVolume volume) throws ImagingException {
        try (FileTree tree = volume.open(); DirectoryCursor cursor = tree.list(TreePath.find(tree, "directory", true).node())) {
            int found = 0;
            while (cursor.next()) {
                String name = cursor.entry().name().text();
                try (FileContent content = tree.open(cursor.entry().node())) {
                    byte[] expected = name.equals("large") ? large : name.replace("file", "content").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    if (!Arrays.equals(read(content, 0, (int) content.length()), expected)) {
                        throw new AssertionError(name + " has other content");
                    }
                }
                found++;
            }
            assertThat(found).isEqualTo(FILES + 1);
        }
    }

    @Test
    void aDiskHasItsPartitionsAndWhatNobodyReadsSaysWhy() throws Exception {
        Path raw = folder.resolve("disk.raw");
        try (Views views = views()) {
            ServedDevice disk = views.open(new ServeRequest.Export("", image.toString(), true, Optional.empty()));
            ByteBuffer bytes = ByteBuffer.allocate((int) disk.length());
            disk.read(0, bytes);
            Files.write(raw, bytes.array());
        }
        Path disk = folder.resolve("disk.skzimg");
        engine.image(TestEngine.request(raw, disk, true, 2), JobMonitor.NONE);
        Path nothing = folder.resolve("nothing.skzimg");
        engine.image(TestEngine.request(Files.write(folder.resolve("nothing.raw"), new byte[1 << 20]), nothing, true, 2), JobMonitor.NONE);
        try (Views views = views(); ServedImages images = new ServedImages(engine.installed(), JobMonitor.NONE, views)) {
            ServedImage served = images.open(export(disk));
            assertThat(served.isDisk()).isTrue();
            assertThat(served.volumes()).singleElement().satisfies(volume -> assertThat(volume.partition()).isEqualTo(OptionalInt.of(1)));
            readAll(served.volumes().get(0));
            ServedVolume unknown = images.open(export(nothing)).volumes().get(0);
            assertThat(unknown.refusal().orElseThrow()).contains("no installed reader");
            assertThatThrownBy(unknown::open).isInstanceOf(UsageException.class);
            assertThatThrownBy(() -> images.open(new ServeRequest.Export("n", image.toString(), true, Optional.empty())))
                    .isInstanceOf(UsageException.class);
        }
        assertThat(engine.plugins()).allMatch(plugin -> plugin.users().isEmpty());
    }
}
