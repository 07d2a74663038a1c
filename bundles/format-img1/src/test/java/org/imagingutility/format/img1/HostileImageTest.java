package org.imagingutility.format.img1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: content that was written, or an error or a damage; never another exception. */
class HostileImageTest {
    private static final int FRAME = Sections.FRAME;

    @Test
    void anyByteMayHaveAnyValue() {
        Made made = new Made(3, FRAME, 3 * FRAME).chunk(512, 1024, 1).chunk(FRAME - 512, 1024, 2).chunk(2 * FRAME, 512, 3);
        byte[] bytes = made.bytes();
        Random random = new Random(3);
        for (int at = 0; at < bytes.length; at++) {
            for (int value : new int[] {0, 0x7F, 0x80, 0xFF, bytes[at] ^ 1, random.nextInt(256)}) {
                byte[] changed = bytes.clone();
                changed[at] = (byte) value;
                try (ImageReader reader = ReaderTest.open(changed)) {
                    check(made, reader, at);
                } catch (ImagingException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    /** A device whose length was changed is not read as a whole here: it may be as long as any. */
    static void check(Made made, ImageReader reader, int at) throws ImagingException {
        if (reader.info().spec().deviceLength() != made.device.length) {
            for (int i = 0; i < Math.min(reader.chunkCount(), made.ranges().size()); i++) {
                reader.chunk(i);
            }
            return;
        }
        Contents contents = new Contents(reader);
        if (contents.damages.isEmpty()) {
            assertThat(contents.device).as("byte %d changed, nobody noticed", at).isEqualTo(made.device);
        }
    }
}
