package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.Test;

/** Which files a damaged image has lost something of. */
class LostFilesTest extends RepairTrial {
    @Test
    void filesInWhatIsLostAreNamedByAnAllocatorThatLooksIntoWhatIsLeft() throws Exception {
        damageFrame(1);
        engine.allocators().add(new Listing(), 10, () -> new Origin("test", "", "RESOLVED"));
        assertThat(look().touchedFiles()).containsExactly(new TouchedFile("/lost", FRAME));
    }

    /** Finds one file in what is lost, after it has seen that the device can be read but for that. */
    private final class Listing implements Allocator {
        @Override
        public String name() {
            return "listing";
        }

        @Override
        public Optional<Allocation> recognise(Device view) throws ImagingException {
            ByteBuffer sector = ByteBuffer.allocateDirect(4096);
            for (long at = 0; at + 4096 <= device.length; at += 4096) {
                if (at / FRAME != 1) {
                    view.read(at, sector.clear());
                    byte[] bytes = new byte[4096];
                    sector.flip().get(bytes);
                    assertThat(bytes).isEqualTo(Arrays.copyOfRange(device, (int) at, (int) at + 4096));
                }
            }
            assertThatThrownBy(() -> view.read(FRAME - 512, sector.clear()))
                    .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.offset()).isEqualTo(FRAME));
            return Optional.of(new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return new FileSystemInfo("test", "", "", 0, 0);
                }

                @Override
                public ExtentCursor extents() {
                    throw new AssertionError("nobody asks what is in use");
                }

                @Override
                public List<TouchedFile> filesIn(ExtentList ranges, int limit) {
                    return List.of(new TouchedFile("/lost", ranges.totalLength()));
                }
            });
        }
    }
}
