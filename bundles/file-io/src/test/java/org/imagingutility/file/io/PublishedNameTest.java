package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.imagingutility.file.io.PublishedName.Moments;
import org.imagingutility.file.io.PublishedName.ReplacedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedNameTest {
    @TempDir
    private Path directory;
    private Path partial;
    private Path target;
    private LockedFile file;

    @BeforeEach
    void makeFile() throws Exception {
        partial = directory.resolve("a.partial");
        target = directory.resolve("a");
        file = LockedFile.open("a", partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        file.channel().write(ByteBuffer.wrap("mine".getBytes(StandardCharsets.US_ASCII)));
    }

    @AfterEach
    void close() throws IOException {
        file.channel().close();
    }

    private PublishedName name() {
        return new PublishedName(file, partial, target);
    }

    /** Puts another file in the place of the partial one, as somebody does who deletes and creates it. */
    private void replacePartial() throws IOException {
        Files.delete(partial);
        Files.writeString(partial, "other");
    }

    private PublishedName disturbed() {
        return new PublishedName(file, partial, target, new Moments() {
            @Override
            public void checked() throws IOException {
                replacePartial();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFileThatWasWrittenGetsTheName(boolean overwrite) throws Exception {
        if (name().give(overwrite)) {
            name().dropPartial();
        }
        // Windows takes away what is deleted when it is closed
        file.channel().close();
        assertThat(target).hasContent("mine");
        assertThat(partial).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void anotherFileInItsPlaceGetsNoName(boolean overwrite) throws Exception {
        replacePartial();
        assertThatThrownBy(() -> name().give(overwrite)).isInstanceOf(ReplacedException.class)
                .hasMessageContaining("another file than the one that was written");
        assertThat(target).doesNotExist();
        assertThat(partial).hasContent("other");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void whatStoodThereStaysIfAnotherFileIsInThePlace() throws Exception {
        Files.writeString(target, "old");
        replacePartial();
        assertThatThrownBy(() -> name().give(true)).isInstanceOf(ReplacedException.class);
        assertThat(target).hasContent("old");
    }

    @Test
    void aNameThatWasTakenAwayIsAnError() throws Exception {
        Path moved = Files.move(partial, directory.resolve("moved"));
        // which name an open file has now, Linux tells
        assertThatThrownBy(() -> name().give(true)).isInstanceOf(ReplacedException.class)
                .hasMessageContaining(OS.LINUX.isCurrentOs() ? "it is \"" + moved.toRealPath() + "\" now" : "something replaced or removed");
        assertThat(target).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void aFileThatComesInTheLastInstantGetsNoNameByALink() throws Exception {
        assertThatThrownBy(() -> disturbed().give(false)).isInstanceOf(ReplacedException.class);
        assertThat(target).doesNotExist();
        assertThat(partial).hasContent("other");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void aFileThatComesInTheLastInstantOfARenameIsNeverSuccess() throws Exception {
        assertThatThrownBy(() -> disturbed().give(true)).isInstanceOf(ReplacedException.class)
                .hasMessageContaining("it has no name any more");
    }

    @Test
    void nothingIsReplacedUnasked() throws Exception {
        Files.writeString(target, "old");
        assertThatThrownBy(() -> name().give(false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("old");
        assertThat(partial).hasContent("mine");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void onlyTheOwnFileIsRemoved() throws Exception {
        replacePartial();
        PublishedName.remove(file, partial);
        name().dropPartial();
        assertThat(partial).hasContent("other");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aLinkInThePlaceOfTheFileIsNotTheFile() throws Exception {
        Path moved = Files.move(partial, directory.resolve("moved"));
        Files.createSymbolicLink(partial, moved);
        assertThatThrownBy(() -> name().give(true)).isInstanceOf(ReplacedException.class);
        assertThat(target).doesNotExist();
    }
}
