package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.FakeWindows.FakeDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceHandleTest {
    private static final String NAME = "\\\\.\\PhysicalDrive3";
    private final FakeWindows windows = new FakeWindows();
    private final Kernel32 kernel = windows.kernel();
    private final FakeDevice drive = new FakeDevice();

    @BeforeEach
    void connect() {
        windows.devices.put(NAME, drive);
    }

    private DeviceHandle open() throws WindowsException {
        return DeviceHandle.open(kernel, NAME, DeviceHandle.READ, DeviceHandle.SHARED, DeviceHandle.UNBUFFERED);
    }

    private HandleDevice device() throws WindowsException {
        return new HandleDevice(new DeviceInfo(NAME, DeviceKind.DISK, drive.length, 512, "", Optional.empty(), List.of(), false), open());
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocateDirect(length + 8192).alignedSlice(4096).limit(length);
    }

    private static void assertContent(ByteBuffer read, long offset, int length) {
        read.flip();
        assertThat(read.remaining()).isEqualTo(length);
        for (int i = 0; i < length; i++) {
            assertThat(read.get(i)).as("byte %d", offset + i).isEqualTo(FakeDevice.at(offset + i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 512, 5L << 32, (1L << 40) - 8192})
    void readsRightIntoTheBufferWhereverThatIsOnTheDevice(long offset) throws Exception {
        for (boolean pends : new boolean[] {false, true}) {
            drive.pends = pends;
            try (HandleDevice device = device()) {
                ByteBuffer target = buffer(8192);
                device.read(offset, target);
                assertContent(target, offset, 8192);
            }
        }
    }

    @Test
    void readsOnAfterAShortRead() throws Exception {
        drive.most = 1536;
        try (HandleDevice device = device()) {
            ByteBuffer target = buffer(4096);
            device.read(1 << 20, target);
            assertContent(target, 1 << 20, 4096);
        }
    }

    @Test
    void aDeviceThatEndsEarlyHasChanged() throws Exception {
        try (HandleDevice device = device()) {
            drive.length = 4096 + 300;
            ByteBuffer target = buffer(8192);
            assertThatThrownBy(() -> device.read(0, target)).asInstanceOf(type(DeviceException.class)).satisfies(e -> {
                assertThat(e.isDeviceChanged()).isTrue();
                assertThat(e.offset()).isEqualTo(4096 + 300);
            });
        }
    }

    @Test
    void aBadSectorIsAnErrorWithThePlaceAndTheCode() throws Exception {
        drive.badFrom = 8192;
        try (HandleDevice device = device()) {
            assertThatThrownBy(() -> device.read(8192, buffer(512))).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("byte 8192").hasMessageContaining("error 23")
                    .satisfies(e -> assertThat(((DeviceException) e).isDeviceChanged()).isFalse());
            device.read(4096, buffer(4096));
        }
    }

    @Test
    void readsOutsideAndUnalignedOnesAreRefused() throws Exception {
        try (HandleDevice device = device()) {
            assertThatThrownBy(() -> device.read(1, buffer(512))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.read(0, buffer(513))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.read(drive.length, buffer(512))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.read(-512, buffer(512))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.read(0, ByteBuffer.allocate(512))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.read(0, buffer(1024).position(1).limit(513))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aReadThatHangsEndsWhenItIsCancelledAndOthersAreNotTouched() throws Exception {
        drive.hangs = true;
        try (HandleDevice device = device()) {
            ByteBuffer target = buffer(4096);
            CompletableFuture<Void> read = started(device, target);
            drive.hanging.await();
            device.cancelRead(buffer(4096));
            assertThat(read).as("another's buffer").isNotDone();
            device.cancelRead(target);
            assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                    .cause().isInstanceOf(DeviceException.class).hasMessageContaining("995");
        }
    }

    @Test
    void closingEndsReadsThatHangAndClosesTheHandleAndTheEventsOnce() throws Exception {
        drive.hangs = true;
        HandleDevice device = device();
        CompletableFuture<Void> read = started(device, buffer(4096));
        drive.hanging.await();
        device.close();
        device.close();
        assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(windows.closed.get()).isEqualTo(windows.made.get());
        assertThatThrownBy(() -> device.read(0, buffer(512))).isInstanceOf(DeviceException.class);
    }

    private static CompletableFuture<Void> started(HandleDevice device, ByteBuffer target) {
        return CompletableFuture.runAsync(() -> {
            try {
                device.read(0, target);
            } catch (ImagingException e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        }, command -> {
            Thread thread = new Thread(command);
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Test
    void severalThreadsReadAtOnceEachWithARequestOfItsOwn() throws Exception {
        drive.pends = true;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (HandleDevice device = device()) {
            Thread[] threads = new Thread[24];
            for (int t = 0; t < threads.length; t++) {
                long begin = t * 1_048_576L;
                threads[t] = new Thread(() -> {
                    try {
                        for (int i = 0; i < 50; i++) {
                            ByteBuffer target = buffer(1024);
                            device.read(begin + i * 1024L, target);
                            assertContent(target, begin + i * 1024L, 1024);
                        }
                    } catch (ImagingException | AssertionError e) {
                        failure.set(e);
                    }
                });
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failure.get()).isNull();
        assertThat(windows.closed.get()).isEqualTo(windows.made.get());
    }

    @Test
    void whatDoesNotOpenSaysWhy() {
        drive.openError = ErrorCode.ACCESS_DENIED;
        assertThatThrownBy(this::open).asInstanceOf(type(WindowsException.class)).satisfies(e -> {
            assertThat(e.code()).isEqualTo(5);
            assertThat(e.kind()).isEqualTo(ErrorKind.NOT_PERMITTED);
            assertThat(e).hasMessage("Words (Windows error 5, CreateFileW)");
        });
    }

    @Test
    void wordsAreThoseOfWindowsWhateverLanguageItSpeaks() {
        windows.knowsEnglish = false;
        assertThat(WindowsException.of(kernel, 0x80310000, "ReadFile")).hasMessage("Worte (Windows error 0x80310000, ReadFile)");
    }
}
