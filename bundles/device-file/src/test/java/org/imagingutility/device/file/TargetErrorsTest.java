package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"Input/output error", "Stale file handle", "Transport endpoint is not connected",
        "No such device or address", "Remote I/O error", "Connection timed out",
        "The specified network name is no longer available", "The device is not ready"})
    void whatComesBackMayPass(String system) {
        TargetException error = IoErrors.writing("x", 0, new IOException(system));
        assertThat(error.mayPass()).isTrue();
        assertThat(error.remedy()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "Read-only file system", "File too large",
        "Operation not permitted", "Invalid argument", "The media is write protected", "anything else"})
    void whatStaysDoesNotPass(String system) {
        assertThat(IoErrors.writing("x", 0, new IOException(system)).mayPass()).isFalse();
    }

    @Test
    void aTargetWhoseNameLeadsElsewhereIsReadAsBefore(@TempDir Path directory) throws Exception {
        byte[] content = Content.random(8192, 1);
        Path file = Files.write(directory.resolve("target"), new byte[8192]);
        try (WritableDevice target = new FileDeviceProvider().openTarget(file.toString(), new TargetOptions(8192, 512, true))) {
            target.write(0, Content.aligned(content));
            Files.move(Files.write(directory.resolve("other"), new byte[8192]), file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(target.bypassCache(true)).isFalse();
            ByteBuffer back = Content.aligned(8192);
            target.read(0, back);
            assertThat(Content.bytes(back.flip())).isEqualTo(content);
        }
    }
}
