package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherProcessTest {
    private static final CreateOptions NEW = new CreateOptions(false, false);

    @TempDir
    private Path directory;
    private final FileImageStore store = new FileImageStore();

    @Test
    void aPartialAnotherProcessWritesIsNotTouchedUntilThatProcessEnds() throws Exception {
        Path image = directory.resolve("a.skzimg");
        Path partial = Files.writeString(directory.resolve("a.skzimg.partial"), "of another process");
        Process holder = LockHolder.start(partial);
        try {
            assertThatThrownBy(() -> store.create(image.toString(), NEW)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing");
            assertThat(partial).hasContent("of another process");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, ByteBuffer.wrap(new byte[] {1}));
            file.publish();
        }
        assertThat(image).hasBinaryContent(new byte[] {1});
        assertThat(partial).doesNotExist();
    }
}
