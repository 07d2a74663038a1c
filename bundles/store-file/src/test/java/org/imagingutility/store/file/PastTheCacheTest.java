package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Reads that ask the medium; what they find there that the cache hides is a matter of {@link FaultyFileSystemTest}. */
class PastTheCacheTest {
    private static final CreateOptions NEW = new CreateOptions(false, false);

    @TempDir
    private Path directory;
    private final FileImageStore store = new FileImageStore();

    @BeforeEach
    void needsAMedium() throws Exception {
        Path probe = Files.write(directory.resolve("probe"), new byte[1]);
        try (ImageFile file = store.open(probe.toString())) {
            boolean onMedium = file.bypassCache(true);
            if (!onMedium && "true".equals(System.getenv("CI"))) {
                throw new AssertionError("this test must run where CI=true, but " + directory
                        + " cannot be read past the cache: name a folder on a disk by -Djava.io.tmpdir");
            }
            assumeTrue(onMedium, "the folder for temporary files cannot be read past the cache");
        }
    }

    @Test
    void readsWhatWasJustWritten() throws Exception {
        byte[] content = Content.random(100_001, 1);
        Path image = directory.resolve("a");
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, ByteBuffer.wrap(content, 0, 50_000));
            assertThat(file.bypassCache(true)).isTrue();
            expect(file, Arrays.copyOf(content, 50_000));
            file.write(50_000, ByteBuffer.wrap(content, 50_000, 50_001));
            expect(file, content);
            file.publish();
            expect(file, content);
        }
        try (ImageFile file = store.open(image.toString())) {
            assertThat(file.bypassCache(true)).isTrue();
            expect(file, content);
        }
    }

    private static void expect(ImageFile file, byte[] content) throws Exception {
        for (int offset : new int[] {0, 4096, 4095}) {
            ByteBuffer target = Content.aligned(content.length - offset);
            file.read(offset, target);
            assertThat(Content.bytes(target.flip())).isEqualTo(Arrays.copyOfRange(content, offset, content.length));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void aFileWhoseNameLeadsToAnotherIsReadAsBefore() throws Exception {
        byte[] content = Content.random(10_000, 2);
        Path image = Files.write(directory.resolve("a"), content);
        try (ImageFile file = store.open(image.toString())) {
            Path other = Files.write(directory.resolve("b"), new byte[10_000]);
            Files.move(other, image, StandardCopyOption.REPLACE_EXISTING);
            assertThat(file.bypassCache(true)).isFalse();
            expect(file, content);
        }
    }

    @Test
    void anEmptyFileHasNothingToRead() throws Exception {
        Path image = Files.createFile(directory.resolve("a"));
        try (ImageFile file = store.open(image.toString())) {
            assertThat(file.bypassCache(true)).isTrue();
            assertThatThrownBy(() -> file.read(0, ByteBuffer.allocate(1))).isInstanceOf(ImageReadException.class);
        }
    }

    @Test
    void isOfNoUseWhenClosed() throws Exception {
        Path image = Files.write(directory.resolve("a"), new byte[5000]);
        ImageFile file = store.open(image.toString());
        assertThat(file.bypassCache(true)).isTrue();
        file.close();
        assertThatThrownBy(() -> file.read(0, ByteBuffer.allocate(1))).isInstanceOf(ImageReadException.class)
                .hasMessageContaining("closed");
        assertThat(store.open(image.toString())).satisfies(again -> {
            again.close();
            assertThat(again.bypassCache(true)).isFalse();
        });
    }
}
