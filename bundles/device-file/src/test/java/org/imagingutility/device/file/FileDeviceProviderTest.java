package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDeviceProviderTest {
    @TempDir
    private Path directory;
    private Path file;
    private Path partial;
    private final FileDeviceProvider provider = new FileDeviceProvider();

    @BeforeEach
    void names() {
        file = directory.resolve("disk.raw");
        partial = directory.resolve("disk.raw.partial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/sda", "disk.raw", "C:\\disk.raw", "C:/disk.raw", "\\\\server\\share\\disk.raw",
        "\\\\?\\C:\\disk.raw", "\\\\?\\UNC\\server\\share\\disk.raw"})
    void acceptsPaths(String reference) {
        assertThat(provider.accepts(reference)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C:", "C:\\", "\\\\.\\PhysicalDrive0", "\\\\?\\Volume{1}", "//./C:", "nbd://host/x"})
    void leavesDevicesOfWindowsAndUrisToOthers(String reference) {
        assertThat(provider.accepts(reference)).isFalse();
    }

    /** On Windows a folder {@code C:\\proc} or {@code C:\\sys} may be anybody's. */
    @Test
    void foldersOfLinuxTellNothingElsewhere() throws Exception {
        FileDeviceProvider elsewhere = new FileDeviceProvider(Optional.empty());
        assertThat(elsewhere.list()).isEmpty();
        Path file = Files.write(directory.resolve("disk.raw"), new byte[4096]);
        try (Device device = elsewhere.open(file.toString())) {
            assertThat(device.info().mountPoints()).isEmpty();
        }
        try (WritableDevice target = elsewhere.openTarget(file.toString(), new TargetOptions(4096, 512, true))) {
            assertThat(target.length()).isEqualTo(4096);
        }
    }

    @Test
    void readsAFileWhoseLengthIsNoMultipleOfASector() throws Exception {
        byte[] content = pattern(512 * 5 + 100);
        Files.write(file, content);
        try (Device device = provider.open(file.toString())) {
            assertThat(device.length()).isEqualTo(content.length);
            assertThat(device.sectorSize()).isEqualTo(512);
            assertThat(read(device, 0, content.length)).isEqualTo(content);
            assertThat(read(device, 2048, 612)).isEqualTo(Arrays.copyOfRange(content, 2048, content.length));
        }
    }

    @Test
    void refusesWhatHasNoContentToRead() throws Exception {
        assertUnreadable(directory.resolve("none"), "no such file or device");
        assertUnreadable(directory, "is a directory");
        Files.createFile(file);
        assertUnreadable(file, "has no bytes");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no /dev")
    void refusesACharacterDevice() {
        assertUnreadable(Path.of("/dev/zero"), "character device");
    }

    @Test
    void aFileThatShrinksIsAnError() throws Exception {
        Files.write(file, new byte[8192]);
        try (Device device = provider.open(file.toString()); RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
            writer.setLength(4096);
            assertThatThrownBy(() -> read(device, 0, 8192)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("changed from 8192 to 4096");
        }
    }

    @Test
    void aNewTargetIsSparseAndGetsItsNameWhenComplete() throws Exception {
        try (WritableDevice target = provider.openTarget(file.toString(), new TargetOptions((1L << 30) + 7, 512, false))) {
            assertThat(target.fresh()).isTrue();
            assertThat(target.length()).isEqualTo((1L << 30) + 7);
            target.write(4096, Content.aligned(pattern(512)));
            assertThat(file).doesNotExist();
            target.complete();
        }
        assertThat(partial).doesNotExist();
        try (Device device = provider.open(file.toString())) {
            assertThat(device.length()).isEqualTo((1L << 30) + 7);
            assertThat(read(device, 4096, 512)).isEqualTo(pattern(512));
            assertThat(read(device, 1L << 30, 7)).isEqualTo(new byte[7]);
        }
    }

    @Test
    void aNewTargetThatIsNotCompletedVanishes() throws Exception {
        WritableDevice target = provider.openTarget(file.toString(), new TargetOptions(4096, 512, false));
        target.write(0, Content.aligned(pattern(512)));
        target.close();
        target.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void anotherFileInThePlaceOfANewTargetGetsNoName() throws Exception {
        try (WritableDevice target = provider.openTarget(file.toString(), new TargetOptions(4096, 512, false))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(partial))).isEqualTo("rw-------");
            Files.delete(partial);
            Files.writeString(partial, "other");
            assertThatThrownBy(target::complete).isInstanceOf(TargetException.class).hasMessageContaining("is another file");
        }
        assertThat(file).doesNotExist();
        assertThat(partial).hasContent("other");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "an open file is found by its descriptor, which Linux shows")
    void aTargetThatLostItsNameIsNotComplete() throws Exception {
        Files.write(file, pattern(8192));
        Path moved = directory.resolve("moved.raw");
        try (WritableDevice target = provider.openTarget(file.toString(), new TargetOptions(4096, 512, true))) {
            Files.move(file, moved);
            Files.writeString(file, "other");
            assertThatThrownBy(target::complete).isInstanceOf(TargetException.class).hasMessageContaining("is another file")
                    .hasMessageContaining(moved.getFileName().toString());
        }
        assertThat(file).hasContent("other");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX rights")
    void aParkedTargetThatOthersMayWriteIsNotTakenUpAgain() throws Exception {
        TargetOptions options = new TargetOptions(4096, 512, false);
        WritableDevice target = provider.openTarget(file.toString(), options);
        String parked = target.park().orElseThrow();
        target.close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> provider.reopenTarget(file.toString(), options, parked)).isInstanceOf(TargetException.class)
                .hasMessageContaining("may be written by other users");
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-------"));
        provider.reopenTarget(file.toString(), options, parked).close();
    }

    @Test
    void aFileIsOverwrittenInPlaceOnlyWithForce() throws Exception {
        Files.write(file, pattern(8192));
        assertRefused(new TargetOptions(4096, 512, false), "not empty");
        try (WritableDevice target = provider.openTarget(file.toString(), new TargetOptions(4096, 512, true))) {
            assertThat(target.fresh()).isFalse();
            target.write(512, Content.aligned(new byte[512]));
            target.complete();
        }
        byte[] expected = pattern(8192);
        Arrays.fill(expected, 512, 1024, (byte) 0);
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void aSmallerTargetIsRefusedWithTheNumbers() throws Exception {
        Files.write(file, pattern(1000));
        assertRefused(new TargetOptions(1001, 512, true), "1000 bytes, 1001 are required: 1 bytes too small");
    }

    @Test
    void anEmptyFileIsReplacedWithoutForce() throws Exception {
        Files.createFile(file);
        try (WritableDevice target = provider.openTarget(file.toString(), new TargetOptions(4096, 512, false))) {
            target.complete();
        }
        assertThat(file).hasSize(4096);
    }

    @Test
    void aFileThatAppearedMeanwhileIsNotReplaced() throws Exception {
        try (WritableDevice target = provider.openTarget(file.toString(), new TargetOptions(4096, 512, false))) {
            Files.writeString(file, "stranger");
            assertThatThrownBy(target::complete).isInstanceOf(TargetException.class).hasMessageContaining("appeared");
        }
        assertThat(file).hasContent("stranger");
        assertThat(partial).hasSize(4096);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no /dev")
    void aMistypedDeviceNameMakesNoFile() {
        assertThatThrownBy(() -> provider.openTarget("/dev/no-such-disk", new TargetOptions(512, 512, true)))
                .isInstanceOf(TargetException.class).hasMessageContaining("no such device");
    }

    private void assertUnreadable(Path path, String words) {
        assertThatThrownBy(() -> provider.open(path.toString())).isInstanceOf(DeviceException.class)
                .hasMessageContaining(words);
    }

    private void assertRefused(TargetOptions options, String words) {
        assertThatThrownBy(() -> provider.openTarget(file.toString(), options)).isInstanceOf(TargetException.class)
                .hasMessageContaining(words);
    }

    private static byte[] read(Device device, long offset, int length) throws ImagingException {
        ByteBuffer buffer = Content.aligned(length);
        device.read(offset, buffer);
        return Content.bytes(buffer.flip());
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 512);
        }
        return bytes;
    }
}
