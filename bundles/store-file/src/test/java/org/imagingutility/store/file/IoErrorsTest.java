package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "No space left on device, free space",
        "There is not enough space on the disk, free space",
        "Disk quota exceeded, quota",
        "Read-only file system, for writing",
        "File too large, FAT32",
        "Input/output error, system log"})
    void knowsARemedyForWhatStopsWriting(String system, String remedy) {
        TargetException error = IoErrors.writing("x.skzimg", 4096, new IOException(system));
        assertThat(error).hasMessageContaining("\"x.skzimg\" at byte 4096").hasMessageContaining(system);
        assertThat(error.remedy().orElseThrow()).contains(remedy);
        assertThat(error.offset()).isEqualTo(4096);
    }

    @Test
    void anErrorWithoutKnownRemedyHasNone() {
        assertThat(IoErrors.writing("x", 0, new IOException("Bad file descriptor")).remedy()).isEmpty();
    }

    @Test
    void deniedAccessIsAnErrorOfItsOwn() {
        AccessDeniedException denied = new AccessDeniedException("x");
        assertThat(IoErrors.opening("x", denied)).isInstanceOf(NotPermittedException.class);
        assertThat(IoErrors.creating("x", denied)).isInstanceOf(NotPermittedException.class);
        assertThat(IoErrors.opening("x", new IOException("y"))).isInstanceOf(ImageReadException.class);
        assertThat(IoErrors.creating("x", new IOException("y"))).isInstanceOf(TargetException.class);
    }

    @Test
    void saysWhatJavaLeavesUnsaid() {
        assertThat(IoErrors.text(new ClosedByInterruptException())).isEqualTo("its thread was interrupted");
        assertThat(IoErrors.text(new FileSystemException("file", null, "Too many links"))).isEqualTo("Too many links");
        assertThat(IoErrors.text(new IOException())).isEqualTo("IOException");
    }
}
