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
    private static final CreateOptions REPLACE = new CreateOptions(true, false);

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
            assertThatThrownBy(() -> store.create(image.toString(), REPLACE)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing");
            assertThatThrownBy(() -> store.reopen(image.toString(), REPLACE)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing");
            assertThat(partial).hasContent("of another process");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (ImageFile file = store.create(image.toString(), REPLACE)) {
            file.write(0, ByteBuffer.wrap(new byte[] {1}));
            file.publish();
        }
        assertThat(image).hasBinaryContent(new byte[] {1});
        assertThat(partial).doesNotExist();
    }

    @Test
    void anImageAnotherProcessContinuesWithUnderItsNameIsNotReplaced() throws Exception {
        Path image = Files.writeString(directory.resolve("a.skzimg"), "of another process");
        Process holder = LockHolder.start(image);
        try {
            assertThatThrownBy(() -> store.create(image.toString(), REPLACE)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing");
            assertThatThrownBy(() -> store.reopen(image.toString(), NEW)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(directory.toFile().list()).containsExactly("a.skzimg");
        assertThat(image).hasContent("of another process");
    }

    @Test
    void readingPastTheCacheKeepsOtherProcessesOut() throws Exception {
        Path image = directory.resolve("a.skzimg");
        Path partial = directory.resolve("a.skzimg.partial");
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, ByteBuffer.wrap(new byte[10_000]));
            file.bypassCache(true);
            file.read(0, ByteBuffer.allocate(10_000));
            file.bypassCache(false);
            assertThat(LockHolder.canLock(partial)).isFalse();
        }
        assertThat(LockHolder.canLock(partial)).isTrue();
    }
}
