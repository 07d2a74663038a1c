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
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TargetErrorsTest {

    @Test
    void whatComesBackMayPassAndWhatStaysDoesNot() {
        TargetException passing = IoErrors.writing("x", 0, new IOException("Stale file handle"));
        assertThat(passing.mayPass()).isTrue();
        assertThat(passing.remedy()).isPresent();
        assertThat(IoErrors.writing("x", 0, new IOException("No space left on device")).mayPass()).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void aTargetWhoseNameLeadsElsewhereIsReadFromTheMediumAllTheSame(@TempDir Path directory) throws Exception {
        byte[] content = Content.random(8192, 1);
        Path file = Files.write(directory.resolve("target"), new byte[8192]);
        try (WritableDevice target = new FileDeviceProvider().openTarget(file.toString(), new TargetOptions(8192, 512, true))) {
            target.write(0, Content.aligned(content));
            Files.move(Files.write(directory.resolve("other"), new byte[8192]), file, StandardCopyOption.REPLACE_EXISTING);
            target.bypassCache(true);
            ByteBuffer back = Content.aligned(8192);
            target.read(0, back);
            assertThat(Content.bytes(back.flip())).isEqualTo(content);
        }
    }
}
