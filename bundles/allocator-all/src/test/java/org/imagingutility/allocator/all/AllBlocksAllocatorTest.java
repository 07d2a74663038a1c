package org.imagingutility.allocator.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllBlocksAllocatorTest {
    private final AllBlocksAllocator allocator = new AllBlocksAllocator();

    @ParameterizedTest
    @ValueSource(longs = {1, 511, 512, 513, 1L << 46, Long.MAX_VALUE})
    void givesOneExtentOverTheWholeDevice(long length) throws ImagingException {
        try (ExtentCursor cursor = allocationOf(length).extents()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.offset()).isZero();
            assertThat(cursor.length()).isEqualTo(length);
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).as("at every further call").isFalse();
        }
    }

    @Test
    void givesNoExtentForADeviceWithoutBytes() throws ImagingException {
        try (ExtentCursor cursor = allocationOf(0).extents()) {
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void passesAreIndependent() throws ImagingException {
        Allocation allocation = allocationOf(4096);
        try (ExtentCursor first = allocation.extents(); ExtentCursor second = allocation.extents()) {
            assertThat(first.next()).isTrue();
            assertThat(first.next()).isFalse();
            assertThat(second.next()).isTrue();
        }
    }

    @Test
    void refusesUseAfterCloseAndClosesTwice() throws ImagingException {
        ExtentCursor cursor = allocationOf(4096).extents();
        cursor.close();
        cursor.close();
        assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("closed");
    }

    @Test
    void knowsNothingOfAFileSystem() throws ImagingException {
        assertThat(allocationOf(4096).info()).isEqualTo(new FileSystemInfo("unknown", "", "", 0, 0));
    }

    @Test
    void isAServiceThatTakesAnything() {
        AllBlocksAllocatorTest.class.getModule().addUses(Allocator.class);
        assertThat(ServiceLoader.load(Allocator.class)).singleElement().satisfies(found -> {
            assertThat(found).isInstanceOf(AllBlocksAllocator.class);
            assertThat(found.name()).isEqualTo("all");
            assertThat(found.catchAll()).isTrue();
        });
    }

    private Allocation allocationOf(long length) throws ImagingException {
        return allocator.recognise(new UnreadDevice(length)).orElseThrow();
    }

    /** A device that must not be read. */
    private record UnreadDevice(long length) implements Device {
        @Override
        public DeviceInfo info() {
            return new DeviceInfo("disk", DeviceKind.DISK, length, 512, "", Optional.empty(), List.of(), true);
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            throw new AssertionError("read at " + offset);
        }

        @Override
        public void close() {
        }
    }
}
