package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.Test;

class IoErrorsTest {

    @Test
    void whatStopsWritingHasThePlaceARemedyAndWhetherItMayPass() {
        TargetException full = IoErrors.writing("x.skzimg", 4096, new IOException("No space left on device"));
        assertThat(full).hasMessageContaining("\"x.skzimg\" at byte 4096").hasMessageContaining("No space left on device");
        assertThat(full.remedy().orElseThrow()).contains("free space");
        assertThat(full.offset()).isEqualTo(4096);
        assertThat(full.mayPass()).isFalse();
        assertThat(IoErrors.writing("x", 0, new IOException("Stale file handle")).mayPass()).isTrue();
        assertThat(IoErrors.reopening("x", new FileSystemException("x", null, "Host is down")))
                .isInstanceOfSatisfying(TargetException.class, e -> assertThat(e.mayPass()).isTrue());
    }

    @Test
    void aNameThatIsGoneMayComeBack() {
        assertThat(IoErrors.mayPass(new NoSuchFileException("x"))).isTrue();
    }

    @Test
    void deniedAccessIsAnErrorOfItsOwn() {
        AccessDeniedException denied = new AccessDeniedException("x");
        assertThat(IoErrors.opening("x", denied)).isInstanceOf(NotPermittedException.class);
        assertThat(IoErrors.creating("x", denied)).isInstanceOf(NotPermittedException.class);
        assertThat(IoErrors.opening("x", new IOException("y"))).isInstanceOf(ImageReadException.class);
        assertThat(IoErrors.creating("x", new IOException("y"))).isInstanceOf(TargetException.class);
    }
}
