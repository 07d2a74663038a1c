package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.windows.io.FakeWindows.FakeDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandleTargetTest {
    private static final int LENGTH = 1 << 20;
    private final FakeWindows windows = new FakeWindows();
    private final FakeDevice device = new FakeDevice();
    private final byte[] before = new byte[LENGTH];

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(before);
        device.content = before.clone();
        device.length = LENGTH;
        windows.devices.put("\\\\.\\S:", device);
    }

    private HandleTarget open(long requiredLength) throws WindowsException {
        return new HandleTarget(new DeviceInfo("S:", DeviceKind.VOLUME, LENGTH, 512, "", Optional.empty(), List.of(), false), requiredLength,
                DeviceHandle.open(windows.kernel(), "\\\\.\\S:", DeviceHandle.READ | DeviceHandle.WRITE, DeviceHandle.SHARED,
                        DeviceHandle.UNBUFFERED));
    }

    private static ByteBuffer ofBytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.allocateDirect(length + 8192).alignedSlice(4096).limit(length).put(bytes).flip();
    }

    @Test
    void writesWhereItIsToldAndNowhereElseAlsoInPieces() throws Exception {
        device.most = 1536;
        try (HandleTarget target = open(LENGTH)) {
            ByteBuffer source = ofBytes(8192, 7);
            target.write(4096, source);
            assertThat(source.hasRemaining()).isFalse();
            target.complete();
        }
        Arrays.fill(before, 4096, 4096 + 8192, (byte) 7);
        assertThat(device.content).isEqualTo(before);
        assertThat(device.flushes).isEqualTo(1);
    }

    @Test
    void whatEndsWithinASectorLeavesTheRestOfItAsItWas() throws Exception {
        try (HandleTarget target = open(10_000)) {
            target.write(8192, ofBytes(10_000 - 8192, 9));
            ByteBuffer back = ofBytes(10_000 - 8192, 0);
            target.read(8192, back);
            assertThat(back.flip()).isEqualTo(ofBytes(10_000 - 8192, 9));
            target.complete();
        }
        Arrays.fill(before, 8192, 10_000, (byte) 9);
        assertThat(device.content).isEqualTo(before);
    }

    @Test
    void afterAWriteFailedItIsNeverComplete() throws Exception {
        try (HandleTarget target = open(LENGTH)) {
            device.writeError = ErrorCode.IO_DEVICE;
            assertThatThrownBy(() -> target.write(512, ofBytes(512, 1))).isInstanceOf(TargetException.class)
                    .hasMessageContaining("byte 512").hasMessageContaining("1117");
            device.writeError = 0;
            assertThatThrownBy(target::complete).isInstanceOf(TargetException.class).hasMessageContaining("may be lost");
        }
    }

    @Test
    void readsAlwaysComeFromTheDeviceAndWhatWasWrittenIsForcedFirst() throws Exception {
        try (HandleTarget target = open(LENGTH)) {
            assertThat(target.bypassCache(true)).isTrue();
            assertThat(device.flushes).isEqualTo(1);
            assertThat(target.fresh()).isFalse();
            assertThat(target.park()).as("without its locks it would be mounted").isEmpty();
        }
    }
}
