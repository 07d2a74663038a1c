package org.imagingutility.allocator.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.error.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapAllocatorTest {
    private final SwapAllocator allocator = new SwapAllocator();

    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 16384, 32768, 65536})
    void keepsTheHeaderAndWhatLiesBehindTheAreaAndLeavesOutWhatWasPagedOut(int pageSize) throws Exception {
        byte[] area = SwapAreas.bytes(pageSize, 12, 1536);
        Allocation found = allocator.recognise(SwapAreas.device(area)).orElseThrow();
        assertThat(found.info()).isEqualTo(new FileSystemInfo("Linux swap", "swap one", SwapAreas.UUID, pageSize, 12));
        try (ExtentCursor extents = found.extents()) {
            assertThat(extents.next()).isTrue();
            assertThat(extents.length()).isEqualTo(area.length);
            assertThat(extents.next()).isFalse();
        }
        assertThat(found.transientFiles()).containsExactly(new TransientFile("swap space",
                new ExtentList.Builder().add(pageSize, 11L * pageSize).build()));
    }

    @Test
    void anAreaThatASystemSleepsInIsNotKnown() throws Exception {
        byte[] area = SwapAreas.bytes(4096, 12, 0);
        System.arraycopy("S1SUSPEND\0".getBytes(StandardCharsets.US_ASCII), 0, area, 4086, 10);
        assertThat(allocator.recognise(SwapAreas.device(area))).isEmpty();
        assertThat(allocator.signatures(SwapAreas.device(area))).isEmpty();
        byte[] tuxOnIce = SwapAreas.bytes(4096, 12, 0);
        System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xC3, 2, (byte) 0xE9, (byte) 0x98, 0x56, (byte) 0xE5, 0x0C}, 0, tuxOnIce, 0, 8);
        assertThat(allocator.recognise(SwapAreas.device(tuxOnIce))).isEmpty();
    }

    @Test
    void areasOfAnotherVersionOrByteOrderAreNotKnown() throws Exception {
        byte[] old = SwapAreas.bytes(4096, 12, 0);
        old[1024] = 0;
        old[1027] = 1;
        assertThat(allocator.recognise(SwapAreas.device(old))).isEmpty();
        byte[] empty = SwapAreas.bytes(4096, 12, 0);
        empty[1028] = 0;
        assertThat(allocator.recognise(SwapAreas.device(empty))).isEmpty();
    }

    @Test
    void anAreaThatIsLongerThanItsDeviceIsRefusedWithTheByte() {
        byte[] area = SwapAreas.bytes(4096, 12, 0);
        area[1028] = 12;
        assertThatThrownBy(() -> allocator.recognise(SwapAreas.device(area))).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("byte 1028").hasMessageContaining("has 53248 bytes by its header, the device has 49152");
    }
}
