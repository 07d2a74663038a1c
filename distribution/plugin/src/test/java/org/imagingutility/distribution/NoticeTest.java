package org.imagingutility.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticeTest {
    private static final String TEXT = """
            Product

              jar            licence        from
              aaa            Apache-2.0     A
              bbb            BSD-2-Clause   B (licenses/bbb.txt);
                                            contains C (licenses/ccc.txt)

            The end.
            """;
    @TempDir
    private Path home;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(home.resolve("NOTICE"), TEXT);
        Files.createDirectories(home.resolve("licenses"));
        Files.createFile(home.resolve("licenses/bbb.txt"));
        Files.createFile(home.resolve("licenses/ccc.txt"));
    }

    @Test
    void hasTheRowsOfWhatIsShippedOnly() throws IOException {
        Notice notice = Notice.read(file);
        String versioned = TEXT.replace("  aaa    ", "  aaa 1.0").replace("  bbb    ", "  bbb 1.0");
        assertThat(notice.of(List.of(jar("x", "aaa"), jar("x", "bbb")), home, false)).isEqualTo(versioned);
        assertThat(notice.of(List.of(jar("x", "aaa"), jar(Shipped.OWN_GROUP, "engine")), home, false))
                .isEqualTo(versioned.replaceFirst("(?s)  bbb.*txt\\)\n", ""));
        assertThat(notice.row("bbb").orElseThrow().licence()).isEqualTo("BSD-2-Clause");
        assertThat(notice.row("bbb").orElseThrow().files()).containsExactly("licenses/bbb.txt", "licenses/ccc.txt");
    }

    @Test
    void saysThatJarsWereSigned() throws IOException {
        Notice notice = Notice.read(Files.writeString(file, TEXT.replace("Product\n", "Product contains, unchanged:\n")));
        assertThat(notice.of(List.of(jar("x", "aaa")), home, true)).contains("contains, unchanged but for signatures");
        assertThat(notice.of(List.of(jar("x", "aaa")), home, false)).contains("contains, unchanged:");
    }

    @Test
    void refusesAJarWithoutARow() throws IOException {
        Notice notice = Notice.read(file);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> notice.of(List.of(jar("x", "zzz")), home, false))
                .withMessageContaining("zzz");
    }

    @Test
    void refusesARowWithoutTheTextOfItsLicence() throws IOException {
        Notice notice = Notice.read(file);
        Files.delete(home.resolve("licenses/ccc.txt"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> notice.of(List.of(jar("x", "bbb")), home, false))
                .withMessageContaining("licenses/ccc.txt");
        Notice other = Notice.read(Files.writeString(file, "  jar  licence  from\n  ddd  MIT  D\n"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> other.of(List.of(jar("x", "ddd")), home, false))
                .withMessageContaining("MIT").withMessageContaining("ddd");
    }

    @Test
    void refusesAFileWithoutTheTable() throws IOException {
        Files.writeString(file, "Product\n");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Notice.read(file)).withMessageContaining("table");
    }

    private static Shipped jar(String group, String artifact) {
        return new Shipped(group, artifact, "1.0", new File("none"), null, null);
    }
}
