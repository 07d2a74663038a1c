package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFilesTest {
    private static final PartialFiles.LeftOver ANY = leftOver -> {
        // may go
    };

    @TempDir
    private Path directory;

    private Path partial() {
        return PartialFiles.beside(directory.resolve("disk.raw"));
    }

    @Test
    void standsBesideItsFinalName() {
        assertThat(partial()).isEqualTo(directory.resolve("disk.raw.partial"));
    }

    @Test
    void replacesWhatIsLeftOverIfItMayGo() throws Exception {
        Files.writeString(partial(), "left over");
        try (var file = PartialFiles.create("r", partial(), leftOver -> assertThat(leftOver.size()).isEqualTo(9), Set.of()).channel()) {
            assertThat(file.size()).isZero();
        }
    }

    @Test
    void keepsWhatIsLeftOverIfItMayNotGo() throws Exception {
        Files.writeString(partial(), "left over");
        assertThatThrownBy(() -> PartialFiles.create("r", partial(), leftOver -> {
            throw new TargetException("r", -1, "stays", null, null);
        }, Set.of())).isInstanceOf(TargetException.class).hasMessageContaining("stays");
        assertThat(partial()).hasContent("left over");
    }

    @Test
    void keepsWhatIsLocked() throws Exception {
        try (var file = PartialFiles.create("r", partial(), ANY, Set.of()).channel()) {
            assertThatThrownBy(() -> PartialFiles.create("r", partial(), ANY, Set.of())).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing it");
            assertThat(file.isOpen()).isTrue();
        }
    }

    @Test
    void keepsWhatIsNoFile() throws Exception {
        Files.createDirectory(partial());
        assertThatThrownBy(() -> PartialFiles.create("r", partial(), ANY, Set.of())).isInstanceOf(TargetException.class)
                .hasMessageContaining("is not a regular file");
        assertThat(partial()).isDirectory();
    }
}
