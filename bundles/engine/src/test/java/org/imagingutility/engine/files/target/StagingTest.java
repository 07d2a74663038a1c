package org.imagingutility.engine.files.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.PosixAttributes;
import org.imagingutility.engine.files.target.linux.LinuxStaging;
import org.imagingutility.engine.files.target.paths.PathStaging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to write into folders does the same. */
class StagingTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_234_567_890, 123_456_700);
    @TempDir
    private Path folder;

    /** The ways. */
    enum Way {
        LINUX, PATHS;

        Staging open(Path folder) throws IOException {
            assumeTrue(this != LINUX || LinuxStaging.isPossible(), "needs Linux and JNA");
            return this == LINUX ? LinuxStaging.open(folder) : PathStaging.open(folder);
        }
    }

    private static Attributes attributes(Instant modified, Optional<PosixAttributes> posix) {
        return new Attributes(posix, false, false, Optional.of(modified), Optional.empty(), Optional.empty());
    }

    private static void write(Staging staging, TargetFolder into, String name, String content) throws IOException {
        try (StagedFile file = staging.file(attributes(TIME, Optional.empty()))) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            file.write(0, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
            file.place(into, name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileHasItsNameOnlyWhenItIsComplete(Way way) throws IOException {
        try (Staging staging = way.open(folder)) {
            try (StagedFile file = staging.file(attributes(TIME, Optional.empty()))) {
                file.write(0, ByteBuffer.allocateDirect(10));
                assertThat(staging.root().standing("file")).isEmpty();
            }
            assertThat(staging.root().standing("file")).isEmpty();
            write(staging, staging.root(), "file", "content");
            Standing standing = staging.root().standing("file").orElseThrow();
            assertThat(standing.kind()).isEqualTo(FileKind.FILE);
            assertThat(standing.size()).isEqualTo(7);
            assertThat(java.time.Duration.between(standing.modified(), TIME).abs()).isLessThanOrEqualTo(staging.traits().timeError());
            staging.remove();
        }
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("file"));
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotWrittenIsZeros(Way way) throws IOException {
        try (Staging staging = way.open(folder)) {
            try (StagedFile file = staging.file(attributes(TIME, Optional.empty()))) {
                file.write(100_000, ByteBuffer.allocateDirect(1).put((byte) 1).flip());
                file.length(300_000);
                file.place(staging.root(), "sparse");
            }
            byte[] expected = new byte[300_000];
            expected[100_000] = 1;
            assertThat(Files.readAllBytes(folder.resolve("sparse"))).isEqualTo(expected);
            staging.remove();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLinkIsReplacedAndNeverFollowed(Way way) throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path victim = Files.writeString(other.resolve("victim"), "stays");
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.createSymbolicLink(target.resolve("link"), victim);
        Files.createSymbolicLink(target.resolve("folder"), other);
        try (Staging staging = way.open(target)) {
            assertThat(staging.root().standing("link").map(Standing::kind)).contains(FileKind.SYMBOLIC_LINK);
            assertThat(staging.root().target("link")).isEqualTo(victim.toString());
            assertThatThrownBy(() -> staging.root().open("folder")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> staging.root().create("folder")).isInstanceOf(IOException.class);
            write(staging, staging.root(), "link", "new");
            staging.remove();
        }
        assertThat(victim).hasContent("stays");
        assertThat(Files.isSymbolicLink(target.resolve("link"))).isFalse();
        assertThat(target.resolve("link")).hasContent("new");
    }

    @ParameterizedTest
    @EnumSource
    void oneFileHasSeveralNames(Way way) throws IOException {
        try (Staging staging = way.open(folder)) {
            TargetFolder below = staging.root().create("below");
            write(staging, below, "one", "content");
            assertThat(staging.kept("1-a")).isEmpty();
            staging.keep(below, "one", "1-a");
            staging.keep(below, "one", "1-a");
            assertThat(staging.kept("1-a").map(Standing::identity)).isEqualTo(below.standing("one").map(Standing::identity));
            write(staging, staging.root(), "two", "is replaced");
            staging.name("1-a", staging.root(), "two");
            below.finish(attributes(TIME, Optional.empty()));
            below.close();
            staging.remove();
        }
        assertThat(Files.isSameFile(folder.resolve("below/one"), folder.resolve("two"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasBegunAndKilledIsClearedAndWhatIsKeptStays(Way way) throws IOException {
        try (Staging staging = way.open(folder)) {
            write(staging, staging.root(), "one", "content");
            staging.keep(staging.root(), "one", "1-a");
            Files.writeString(folder.resolve(Staging.NAME).resolve("7"), "half");
        }
        try (Staging staging = way.open(folder)) {
            assertThat(folder.resolve(Staging.NAME).resolve("7")).doesNotExist();
            assertThat(staging.kept("1-a")).isPresent();
            staging.remove();
        }
        assertThat(folder.resolve(Staging.NAME)).doesNotExist();
    }

    @Test
    void onLinuxTimesArePreciseAndEarly() throws IOException {
        for (Instant time : new Instant[] {Instant.parse("1955-11-05T06:15:00.123456789Z"), Instant.parse("2106-03-04T05:06:07.987654321Z")}) {
            try (Staging staging = Way.LINUX.open(folder)) {
                try (StagedFile file = staging.file(attributes(time, Optional.of(new PosixAttributes(0640, 0, 0))))) {
                    file.place(staging.root(), "file");
                }
                try (StagedFile link = staging.link("file", attributes(time, Optional.empty()))) {
                    link.place(staging.root(), "link");
                }
                assertThat(staging.root().standing("file").orElseThrow().modified()).isEqualTo(time);
                assertThat(staging.root().standing("link").orElseThrow().modified()).isEqualTo(time);
                staging.remove();
            }
            assertThat(Files.getAttribute(folder.resolve("file"), "unix:mode")).isEqualTo(0100640);
        }
    }
}
