package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MediumReaderTest {
    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the name of an open file's descriptor, which ends with it, is what Linux has")
    void whereTheFileSystemTellsNothingOfItselfReadsGoThroughTheCache() throws Exception {
        Path name = Files.writeString(directory.resolve("file"), "content");
        Handle handle;
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
            handle = Handle.of(channel, name).orElseThrow();
        }
        assertThatThrownBy(() -> Files.getFileStore(handle.path())).isInstanceOf(IOException.class);
        assertThat(MediumReader.open(handle)).isEmpty();
        assertThat(UncachedFile.open(handle)).isEmpty();
    }
}
