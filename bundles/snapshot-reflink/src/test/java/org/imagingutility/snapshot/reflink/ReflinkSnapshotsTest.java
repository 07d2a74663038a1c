package org.imagingutility.snapshot.reflink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.device.file.FileDeviceProvider;
import org.imagingutility.tck.snapshot.SharingFileSystem;
import org.imagingutility.tck.snapshot.SnapshotProviderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ReflinkSnapshotsTest {
    @TempDir
    private static Path temporary;
    private static SharingFileSystem shared;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private final SnapshotProvider provider = new ReflinkSnapshots();

    @BeforeAll
    static void mount() throws IOException {
        shared = SharingFileSystem.mount(temporary, Assumptions::abort);
    }

    @AfterAll
    static void unmount() throws IOException {
        if (shared != null) {
            shared.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new SnapshotProviderContract(new DiskFiles()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @Test
    void removesWhatAKilledProcessLeftOfTheSameFileAndNothingElse() throws Exception {
        Path file = file("left");
        Path dead = Files.createFile(shared.folder().resolve("left.snapshot-4194999-1000-1"));
        Path reused = Files.createFile(shared.folder().resolve("left.snapshot-" + ProcessHandle.current().pid() + "-1000-1"));
        Path ofAnother = Files.createFile(shared.folder().resolve("left2.snapshot-4194999-1000-1"));
        Path unlike = Files.createFile(shared.folder().resolve("left.snapshot-monday"));
        try (Snapshot first = provider.freeze(List.of(file.toString()));
                Snapshot second = provider.freeze(List.of(file.toString()))) {
            assertThat(dead).doesNotExist();
            assertThat(reused).doesNotExist();
            assertThat(ofAnother).exists();
            assertThat(unlike).exists();
            assertThat(Path.of(first.id())).exists();
            first.release();
            second.release();
        }
        assertThat(clonesOf("left")).containsExactly(unlike);
    }

    @Test
    void severalFilesAreRefusedWithWhatToDoAndNoneIsCloned() throws Exception {
        Path one = file("one");
        Path two = file("two");
        assertThatThrownBy(() -> provider.freeze(List.of(one.toString(), two.toString()))).isInstanceOfSatisfying(SnapshotException.class,
                e -> assertThat(e.remedy().orElse("")).contains("--snapshot-separately")).hasMessageContaining("not at one moment");
        assertThat(clonesOf("one")).isEmpty();
        assertThat(clonesOf("two")).isEmpty();
    }

    @Test
    void namesOfAllKindsAreCloned() throws Exception {
        for (String name : new String[] {"-n", "a b", "ä$(x)", "x.snapshot-1-2-3"}) {
            Path file = file(name);
            try (Snapshot snapshot = provider.freeze(List.of(file.toString()))) {
                assertThat(Path.of(snapshot.frozen(file.toString()))).hasSameBinaryContentAs(file);
                snapshot.release();
            }
            assertThat(file).exists();
        }
    }

    @Test
    void aLinkIsFrozenWhereTheFileIs(@TempDir Path elsewhere) throws Exception {
        Path file = file("target");
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), file);
        try (Snapshot snapshot = provider.freeze(List.of(link.toString()))) {
            assertThat(Path.of(snapshot.frozen(link.toString()))).hasParent(shared.folder().toRealPath()).hasSameBinaryContentAs(file);
            try (Snapshot again = provider.reopen(snapshot.id())) {
                assertThat(again.frozen(link.toString())).isEqualTo(snapshot.id());
            }
            snapshot.release();
        }
        assertThat(elsewhere).isDirectoryNotContaining("glob:**snapshot*");
    }

    @Test
    void aFileSystemThatSharesNothingIsSaidAndNothingStaysThere(@TempDir Path elsewhere) throws Exception {
        Path file = Files.write(elsewhere.resolve("disk.raw"), new byte[4096]);
        assertThat(provider.accepts(file.toString())).isTrue();
        assertThatThrownBy(() -> provider.freeze(List.of(file.toString()))).isInstanceOf(SnapshotException.class)
                .hasMessageContaining("disk.raw").hasMessageContaining("cannot be cloned");
        assertThat(elsewhere).isDirectoryNotContaining("glob:**snapshot*");
    }

    private static Path file(String name) throws IOException {
        return Files.write(shared.folder().resolve(name), new byte[] {1, 2, 3});
    }

    private static List<Path> clonesOf(String name) throws IOException {
        try (Stream<Path> files = Files.list(shared.folder())) {
            return files.filter(path -> path.getFileName().toString().startsWith(name + ".snapshot")).toList();
        }
    }

    private static final class DiskFiles implements SnapshotProviderContract.Fixture {
        @Override
        public SnapshotProvider provider() {
            return new ReflinkSnapshots();
        }

        @Override
        public DeviceProvider devices() {
            return new FileDeviceProvider();
        }

        @Override
        public String newDevice(byte[] content) throws IOException {
            return Files.write(shared.folder().resolve("disk" + NUMBER.incrementAndGet() + ".raw"), content).toString();
        }

        @Override
        public void overwrite(String reference, byte[] content) throws IOException {
            Files.write(Path.of(reference), content);
        }

        @Override
        public String missing() {
            return shared.folder().resolve("missing.raw").toString();
        }
    }
}
