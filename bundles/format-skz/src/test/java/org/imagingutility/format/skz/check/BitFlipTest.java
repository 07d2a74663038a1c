package org.imagingutility.format.skz.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.stream.Stream;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** There is no byte in an image that can change unnoticed, and what is noticed names the part that changed. */
class BitFlipTest {
    private static final int[] PATTERNS = {0x01, 0x80, 0xFF};
    /** Stored bytes and the empty slots of a long index block are alike: a dense sample of them will do. */
    private static final int SAMPLE_STEP = 41;
    private static final int DENSE = 1024;

    static Stream<TestImage> images() {
        return Stream.of(TestImage.small(1), TestImage.withTailGap(2), TestImage.many(5).planned(2, 5),
                TestImage.unreadable(3));
    }

    @ParameterizedTest
    @MethodSource("images")
    void findsAndLocatesAChangeOfAnyByte(TestImage image) throws ImagingException {
        byte[] bytes = image.bytes();
        assertThat(Verification.of(bytes).found()).isEmpty();
        for (ImageLayout.Part part : ImageLayout.of(bytes).parts()) {
            for (int i = part.offset(); i < part.end(); i += step(part, i)) {
                for (int pattern : PATTERNS) {
                    bytes[i] ^= (byte) pattern;
                    Verification inspection = Verification.of(bytes);
                    assertThat(inspection.locates(part))
                            .as("byte %d of %s ^ %x: %s", i, part, pattern, inspection.found()).isTrue();
                    bytes[i] ^= (byte) pattern;
                }
            }
        }
    }

    private static int step(ImageLayout.Part part, int position) {
        boolean emptySlots = part.kind() == StructureKind.INDEX && position >= part.offset() + DENSE;
        return part.isStored() || emptySlots ? SAMPLE_STEP : 1;
    }

    @Test
    void opensWithADamagedCopyOfWhatStandsTwice() throws ImagingException {
        byte[] bytes = TestImage.small(1).bytes();
        ImageLayout layout = ImageLayout.of(bytes);
        for (StructureKind kind : new StructureKind[] {StructureKind.HEADER, StructureKind.INDEX,
            StructureKind.INDEX_COPY, StructureKind.FOOTER_COPY, StructureKind.FOOTER}) {
            for (ImageLayout.Part part : layout.parts(kind)) {
                for (int i = part.offset(); i < part.end(); i++) {
                    bytes[i] ^= 0x10;
                    assertThat(Verification.of(bytes).opened()).as("byte %d of %s", i, part).isTrue();
                    bytes[i] ^= 0x10;
                }
            }
        }
    }

    @Test
    void namesTheRangeOfTheDeviceThatAnUnreadableTableCosts() throws ImagingException {
        byte[] bytes = TestImage.small(1).bytes();
        ImageLayout.Part table = ImageLayout.of(bytes).part(StructureKind.CHUNK_TABLE, 1);
        bytes[table.offset() + 70] ^= 1;
        assertThat(Verification.of(bytes).found()).isNotEmpty().allSatisfy(damage -> {
            assertThat(damage.device()).hasValueSatisfying(extent -> {
                assertThat(extent.offset()).isEqualTo(8L * TestImage.FRAME);
                assertThat(extent.length()).isEqualTo(4L * TestImage.FRAME);
            });
        });
    }

    @Test
    void namesNoRangeOfTheDeviceForADamagedFrameHead() throws ImagingException {
        byte[] bytes = TestImage.small(1).bytes();
        ImageLayout.Part head = ImageLayout.of(bytes).part(StructureKind.FRAME_HEAD, 2);
        bytes[head.offset() + 30] ^= 1;
        assertThat(Verification.of(bytes).found()).extracting(Damage::fileOffset, Damage::fileLength)
                .containsExactly(tuple((long) head.offset(), (long) head.length()));
        assertThat(Verification.of(bytes).found()).allMatch(damage -> damage.device().isEmpty());
    }
}
