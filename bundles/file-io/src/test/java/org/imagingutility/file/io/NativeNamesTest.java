package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "names are bytes")
class NativeNamesTest {
    @TempDir
    private Path directory;

    private Path inBytes(String latin) {
        return NativeNames.of((directory + "/" + latin).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void bytesAndPathsAreTheSameThing() throws Exception {
        for (String latin : new String[] {"plain", "with blank%and#?", "latin\u00fc.raw", "\u0080\u00ff\u0001", "line\nend"}) {
            Path path = inBytes(latin);
            assertThat(NativeNames.bytes(path)).isEqualTo((directory + "/" + latin).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(NativeNames.of(NativeNames.bytes(path))).isEqualTo(path);
        }
        assertThat(NativeNames.bytes(Files.createDirectory(directory.resolve("folder")))).asString().endsWith("/folder");
        assertThat(NativeNames.bytes(Path.of("/"))).containsExactly('/');
    }

    @Test
    void aNameThatIsNoTextIsExtendedWithoutBeingChanged() throws Exception {
        Path path = inBytes("latin\u00fc");
        Files.writeString(path, "x");
        Path beside = PartialFiles.beside(path);
        assertThat(NativeNames.bytes(beside)).isEqualTo((directory + "/latin\u00fc.partial").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PartialFiles.beside(directory.resolve("a"))).isEqualTo(directory.resolve("a.partial"));
    }

    @Test
    void whatHasNoCharacterIsNoText() {
        assertThat(NativeNames.isText(Path.of("/tmp/plain"))).isTrue();
        boolean everyByteIsACharacter = System.getProperty("sun.jnu.encoding").startsWith("ISO-8859");
        assertThat(NativeNames.isText(inBytes("latin\u00fc"))).isEqualTo(everyByteIsACharacter);
    }
}
