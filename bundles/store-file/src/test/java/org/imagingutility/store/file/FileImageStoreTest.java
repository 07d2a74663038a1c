package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileImageStoreTest {
    private static final CreateOptions NEW = new CreateOptions(false, false);
    private static final CreateOptions REPLACE = new CreateOptions(true, false);

    @TempDir
    private Path directory;
    private Path image;
    private Path partial;
    private final FileImageStore store = new FileImageStore();

    @BeforeEach
    void names() {
        image = directory.resolve("a.skzimg");
        partial = directory.resolve("a.skzimg.partial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "rel", "C:\\x", "C:/x", "a:b", "\\\\server\\share\\x"})
    void acceptsPaths(String reference) {
        assertThat(store.accepts(reference)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/x", "https://host/x", ""})
    void leavesUrisToOthers(String reference) {
        assertThat(store.accepts(reference)).isFalse();
    }

    @Test
    void theNameAppearsOnlyWhenPublished() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, bytes("hello"));
            assertThat(image).doesNotExist();
            assertThat(partial).exists();
            file.publish();
        }
        assertThat(image).hasContent("hello");
        assertThat(partial).doesNotExist();
    }

    @Test
    void closingWithoutPublishingKeepsThePartialFile() throws Exception {
        ImageFile file = store.create(image.toString(), NEW);
        file.write(0, bytes("hello"));
        file.close();
        file.close();
        assertThat(partial).hasContent("hello");
        assertThat(image).doesNotExist();
    }

    @Test
    void closingWithoutHavingWrittenLeavesNothing() throws Exception {
        store.create(image.toString(), NEW).close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void discardingLeavesNothing() throws Exception {
        ImageFile file = store.create(image.toString(), NEW);
        file.write(0, bytes("hello"));
        file.discard();
        file.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesAnExistingFileUnlessOverwriting() throws Exception {
        Files.writeString(image, "old");
        assertThatThrownBy(() -> store.create(image.toString(), NEW)).isInstanceOf(TargetException.class)
                .hasMessageContaining("exists already")
                .satisfies(e -> assertThat(((ImagingException) e).remedy()).contains("use --force to replace it"));
        try (ImageFile file = store.create(image.toString(), REPLACE)) {
            file.write(0, bytes("new"));
            assertThat(image).hasContent("old");
            file.publish();
        }
        assertThat(image).hasContent("new");
    }

    @Test
    void aFileThatAppearedMeanwhileIsNotReplacedAndTheImageIsKept() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, bytes("image"));
            Files.writeString(image, "stranger");
            assertThatThrownBy(file::publish).isInstanceOf(TargetException.class).hasMessageContaining("appeared")
                    .satisfies(e -> assertThat(((ImagingException) e).remedy().orElseThrow()).contains("kept as", ".partial"));
        }
        assertThat(image).hasContent("stranger");
        assertThat(partial).hasContent("image");
    }

    @Test
    void anUnfinishedImageIsReplacedByForceOnly() throws Exception {
        Files.writeString(partial, "left over, longer than the new one");
        assertThatThrownBy(() -> store.create(image.toString(), NEW)).isInstanceOf(TargetException.class)
                .hasMessageContaining("an unfinished image stands there already").hasMessageContaining(partial.toString())
                .satisfies(e -> assertThat(((ImagingException) e).remedy().orElseThrow()).contains("--resume", "--force"));
        assertThat(partial).hasContent("left over, longer than the new one");
        try (ImageFile file = store.create(image.toString(), REPLACE)) {
            file.write(0, bytes("new"));
            file.publish();
        }
        assertThat(image).hasContent("new");
    }

    @Test
    void anEmptyPartialIsReplacedUnasked() throws Exception {
        Files.createFile(partial);
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, bytes("new"));
            file.publish();
        }
        assertThat(image).hasContent("new");
        assertThat(partial).doesNotExist();
    }

    @Test
    void aStalePartialThatIsAnotherNameOfAPublishedImageLeavesThatImageAlone() throws Exception {
        Files.writeString(image, "published");
        Files.createLink(partial, image);
        try (ImageFile file = store.create(image.toString(), REPLACE)) {
            file.write(0, bytes("new"));
            assertThat(image).hasContent("published");
        }
        assertThat(image).hasContent("published");
    }

    @Test
    void aPartialBeingWrittenIsNotTouched() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, bytes("mine"));
            assertThatThrownBy(() -> store.create(image.toString(), NEW)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("another job is writing");
            assertThatThrownBy(() -> store.open(partial.toString())).isInstanceOf(ImageReadException.class)
                    .hasMessageContaining("still being written");
            file.publish();
        }
        assertThat(image).hasContent("mine");
    }

    @Test
    void aPartialLockedByAnotherStoreIsNotTouched() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, bytes("mine"));
            assertThatThrownBy(() -> new FileImageStore().create(image.toString(), NEW))
                    .isInstanceOf(TargetException.class).hasMessageContaining("another job is writing");
            assertThat(partial).hasContent("mine");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void anotherFileInThePlaceOfThePartialOneGetsNoName() throws Exception {
        Files.writeString(image, "old");
        for (CreateOptions options : new CreateOptions[] {NEW, REPLACE}) {
            Path name = options.overwrite() ? image : directory.resolve("b.skzimg");
            Path begun = name.resolveSibling(name.getFileName() + ".partial");
            try (ImageFile file = store.create(name.toString(), options)) {
                file.write(0, bytes("mine"));
                Files.delete(begun);
                Files.writeString(begun, "other");
                assertThatThrownBy(file::publish).isInstanceOf(TargetException.class).hasMessageContaining("is another file");
            }
            assertThat(begun).hasContent("other");
        }
        assertThat(image).hasContent("old");
        assertThat(directory.resolve("b.skzimg")).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void anImageThatIsChangedInPlaceHasToKeepItsName() throws Exception {
        Files.writeString(image, "old");
        try (ImageFile file = store.openInPlace(image.toString())) {
            file.write(0, bytes("new"));
            Files.delete(image);
            Files.writeString(image, "other");
            assertThatThrownBy(file::publish).isInstanceOf(TargetException.class).hasMessageContaining("is another file");
        }
        assertThat(image).hasContent("other");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void anotherFileInThePlaceOfThePartialOneIsNotRemoved() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            file.write(0, bytes("mine"));
            Files.delete(partial);
            Files.writeString(partial, "other");
            file.discard();
        }
        assertThat(partial).hasContent("other");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aLinkInThePlaceOfAPartialFileIsNotWrittenThrough() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(partial, precious);
        for (CreateOptions options : new CreateOptions[] {NEW, REPLACE}) {
            assertThatThrownBy(() -> store.create(image.toString(), options)).isInstanceOf(TargetException.class);
            assertThatThrownBy(() -> store.reopen(image.toString(), options)).isInstanceOf(TargetException.class);
        }
        assertThat(precious).hasContent("precious");
    }

    @Test
    void anotherNameOfAFileInThePlaceOfAPartialOneIsNotWrittenThrough() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createLink(partial, precious);
        assertThatThrownBy(() -> store.reopen(image.toString(), NEW)).isInstanceOf(TargetException.class)
                .hasMessageContaining("has another name");
        try (ImageFile file = store.create(image.toString(), REPLACE)) {
            file.write(0, bytes("image"));
            file.publish();
        }
        assertThat(precious).hasContent("precious");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX rights")
    void newImagesAreTheUsersAlone() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(partial))).isEqualTo("rw-------");
            file.publish();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image))).isEqualTo("rw-------");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "an open file is found by its descriptor, which Linux shows")
    void anImageIsReadPastTheCacheWhateverHappensToItsName() throws Exception {
        Files.writeString(image, "mine");
        try (ImageFile file = store.open(image.toString())) {
            Files.delete(image);
            Files.writeString(image, "other");
            file.bypassCache(true);
            ByteBuffer read = ByteBuffer.allocate(4);
            file.read(0, read);
            assertThat(read.array()).asString().isEqualTo("mine");
        }
    }

    @Test
    void refusesPlacesThatCannotHoldAnImage() throws IOException {
        Files.writeString(directory.resolve("plain"), "x");
        assertRefused(directory.resolve("none/a.skzimg"), "does not exist");
        assertRefused(directory.resolve("plain/a.skzimg"), "is not a directory");
        assertRefused(directory, "is a directory");
    }

    private void assertRefused(Path target, String words) {
        assertThatThrownBy(() -> store.create(target.toString(), REPLACE)).isInstanceOf(TargetException.class)
                .hasMessageContaining(words);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void opensThroughALinkAndWritesBesideItsTarget() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        Path real = other.resolve("real.skzimg");
        Files.writeString(real, "old");
        Files.createSymbolicLink(image, real);
        try (ImageFile file = store.open(image.toString())) {
            assertThat(file.length()).isEqualTo(3);
        }
        try (ImageFile file = store.create(image.toString(), REPLACE)) {
            file.write(0, bytes("new"));
            file.publish();
        }
        assertThat(image).isSymbolicLink().hasContent("new");
        assertThat(real).hasContent("new");
    }

    @Test
    void saysWhatIsWrongWithAnImageThatCannotBeOpened() throws Exception {
        assertThatThrownBy(() -> store.open(image.toString())).isInstanceOf(ImageReadException.class)
                .hasMessageContaining("no such file");
        Files.writeString(partial, "x");
        assertThatThrownBy(() -> store.open(image.toString())).hasMessageContaining("unfinished image")
                .hasMessageContaining(partial.toString());
        assertThatThrownBy(() -> store.open(directory.toString())).hasMessageContaining("is a directory");
    }

    @Test
    void tellsHowMuchRoomThereIs() throws Exception {
        try (ImageFile file = store.create(image.toString(), NEW)) {
            assertThat(file.usableSpace().orElseThrow()).isPositive();
        }
    }

    @Test
    void aReadBeyondTheEndNamesThePlace() throws Exception {
        Files.writeString(image, "12345");
        try (ImageFile file = store.open(image.toString())) {
            assertThatThrownBy(() -> file.read(3, ByteBuffer.allocate(4))).isInstanceOf(ImageReadException.class)
                    .satisfies(e -> assertThat(((ImageReadException) e).offset()).isEqualTo(5));
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
