package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.imagingutility.windows.io.DeviceFacts.DriveExtent;
import org.imagingutility.windows.io.FakeWindows.FakeDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceFactsTest {
    private final FakeWindows windows = new FakeWindows();
    private final FakeDevice device = new FakeDevice();
    private DeviceFacts facts;

    @BeforeEach
    void open() throws WindowsException {
        windows.devices.put("\\\\.\\C:", device);
        facts = new DeviceFacts(DeviceHandle.open(windows.kernel(), "\\\\.\\C:", 0, DeviceHandle.SHARED, 0));
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void answer(ControlCode code, ByteBuffer bytes) {
        device.answers.put(code.value(), bytes.array());
    }

    private static ByteBuffer geometry(int sectorSize, long length) {
        return bytes(32).putInt(20, sectorSize).putLong(24, length);
    }

    @Test
    void theLengthIsThatOfTheDriverAndThatOfTheGeometryWhereItKnowsNoOther() throws Exception {
        answer(ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, geometry(512, 1_474_560));
        assertThat(facts.length()).isEqualTo(1_474_560);
        answer(ControlCode.IOCTL_DISK_GET_LENGTH_INFO, bytes(8).putLong(0, 5L << 40));
        assertThat(facts.length()).isEqualTo(5L << 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void lengthsThatNothingHasAreRefused(long length) {
        answer(ControlCode.IOCTL_DISK_GET_LENGTH_INFO, bytes(8).putLong(0, length));
        assertThatThrownBy(facts::length).isInstanceOf(WindowsException.class).hasMessageContaining(length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 256, 131_072, -512})
    void sectorsThatNothingHasAreRefused(int size) {
        answer(ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, geometry(size, 1 << 20));
        assertThatThrownBy(facts::sectorSize).isInstanceOf(WindowsException.class).hasMessageContaining(Integer.toString(size));
    }

    @Test
    void theSectorSizeComesFromTheAlignmentWhereThereIsNoGeometry() throws Exception {
        answer(ControlCode.IOCTL_STORAGE_QUERY_PROPERTY, bytes(28).putInt(16, 4096));
        assertThat(facts.sectorSize()).isEqualTo(4096);
    }

    @Test
    void anAnswerThatIsTooShortIsAnError() {
        device.answers.put(ControlCode.IOCTL_DISK_GET_LENGTH_INFO.value(), new byte[4]);
        assertThatThrownBy(facts::length).isInstanceOf(WindowsException.class).hasMessageContaining("answered 4 bytes, 8 are needed");
    }

    private void extents(int count, int claimed) {
        ByteBuffer answer = bytes(8 + 24 * count).putInt(0, claimed);
        for (int i = 0; i < count; i++) {
            answer.putInt(8 + 24 * i, i).putLong(16 + 24 * i, 1L << 20).putLong(24 + 24 * i, (i + 1L) << 30);
        }
        answer(ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, answer);
    }

    @Test
    void asManyExtentsAsThereAreAreRead() throws Exception {
        extents(2, 2);
        assertThat(facts.extents()).containsExactly(new DriveExtent(0, 1 << 20, 1L << 30), new DriveExtent(1, 1 << 20, 2L << 30));
        extents(100, 100);
        assertThat(facts.extents()).as("more than fit at first").hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1000, -1, Integer.MAX_VALUE})
    void moreExtentsThanWereAnsweredAreRefused(int claimed) {
        extents(2, claimed);
        assertThatThrownBy(facts::extents).isInstanceOf(WindowsException.class);
    }

    @Test
    void aCountOfExtentsThatContinuesGrowingIsRefused() {
        ByteBuffer answer = bytes(1 << 20).putInt(0, 1 << 20);
        answer(ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, answer);
        assertThatThrownBy(facts::extents).isInstanceOf(WindowsException.class).hasMessageContaining("1048576 ranges");
    }

    @Test
    void theModelIsWhatTheDescriptorPointsAtAndNothingOutsideIt() {
        byte[] text = "ACME\0Disk 3  \0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer descriptor = bytes(40 + text.length).putInt(12, 40).putInt(16, 45);
        System.arraycopy(text, 0, descriptor.array(), 40, text.length);
        answer(ControlCode.IOCTL_STORAGE_QUERY_PROPERTY, descriptor);
        assertThat(facts.model()).isEqualTo("ACME Disk 3");
        descriptor.putInt(12, -5).putInt(16, 1_000_000);
        assertThat(facts.model()).isEmpty();
    }

    @Test
    void onlyThatCodeMeansWriteProtected() {
        device.errors.put(ControlCode.IOCTL_DISK_IS_WRITABLE.value(), ErrorCode.WRITE_PROTECT);
        assertThat(facts.isWriteProtected()).isTrue();
        device.errors.put(ControlCode.IOCTL_DISK_IS_WRITABLE.value(), ErrorCode.INVALID_FUNCTION);
        assertThat(facts.isWriteProtected()).isFalse();
    }
}
