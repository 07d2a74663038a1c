package org.imagingutility.format.skz.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.Checksums;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.junit.jupiter.api.Test;

/** Parts that are valid for themselves but stand in the wrong place, or are missing, or are too many. */
class ReplacedPartsTest {
    private final TestImage image = TestImage.small(1);

    @Test
    void refusesAFileThatWasCutAtOrNearAnyBorder() throws ImagingException {
        byte[] bytes = image.bytes();
        for (ImageLayout.Part part : ImageLayout.of(bytes).parts()) {
            for (int length : new int[] {part.offset() - 1, part.offset(), part.offset() + 1, part.offset() + 8,
                part.offset() + part.length() / 3, part.end() - 5, part.end() - 1}) {
                refusesCutAt(bytes, length);
            }
        }
        for (int length = 1; length < bytes.length; length += 997) {
            refusesCutAt(bytes, length);
        }
    }

    @Test
    void refusesAFileThatWasCutAtAnyByteBehindTheFooterCopy() throws ImagingException {
        byte[] bytes = image.bytes();
        for (int length = ImageLayout.of(bytes).part(StructureKind.FOOTER_COPY, 0).offset();
                length < bytes.length; length++) {
            refusesCutAt(bytes, length);
        }
    }

    private static void refusesCutAt(byte[] bytes, int length) {
        MemoryFile cut = MemoryFile.of(Arrays.copyOf(bytes, Math.max(0, length)));
        assertThatThrownBy(() -> new SkzFormat().open(cut, TestImage.CODECS)).as("cut at %d", length)
                .isInstanceOf(ImageFormatException.class);
    }

    @Test
    void saysHowMuchOfACutFileIsWhole() throws ImagingException {
        byte[] bytes = image.bytes();
        ImageLayout.Part table = ImageLayout.of(bytes).part(StructureKind.CHUNK_TABLE, 3);
        assertThatThrownBy(() -> open(Arrays.copyOf(bytes, table.end())))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("not complete")
                .hasMessageContaining("4 whole chunks");
    }

    @Test
    void tellsAppendedBytesFromAnUnfinishedImage() throws ImagingException {
        byte[] bytes = image.bytes();
        assertThatThrownBy(() -> open(Arrays.copyOf(bytes, bytes.length + 77)))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("77 bytes follow the end of the image").hasMessageContaining("byte " + bytes.length);
    }

    @Test
    void refusesTwoImagesInARow() throws ImagingException {
        byte[] both = join(image.bytes(), TestImage.small(9).bytes());
        assertThatThrownBy(() -> open(both)).isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("not one whole image");
    }

    @Test
    void refusesOtherFiles() {
        for (int length : new int[] {0, 1, 15, 16, 24, 100, 70000}) {
            byte[] other = new byte[length];
            assertThatThrownBy(() -> open(other)).isInstanceOf(ImageFormatException.class)
                    .hasMessageContaining("no complete skz image");
        }
    }

    @Test
    void findsSwappedChunks() throws ImagingException {
        byte[] bytes = TestImage.many(5).bytes();
        ImageLayout layout = ImageLayout.of(bytes);
        int first = layout.part(StructureKind.CHUNK_HEAD, 1).offset();
        int second = layout.part(StructureKind.CHUNK_HEAD, 2).offset();
        int behind = layout.part(StructureKind.CHUNK_HEAD, 3).offset();
        byte[] swapped = join(Arrays.copyOf(bytes, first), Arrays.copyOfRange(bytes, second, behind),
                Arrays.copyOfRange(bytes, first, second), Arrays.copyOfRange(bytes, behind, bytes.length));
        assertThat(behind - second).isEqualTo(second - first);
        assertThat(Verification.of(swapped).found()).extracting(damage -> damage.device().map(e -> e.offset()).orElse(-1L))
                .contains((long) TestImage.FRAME, 2L * TestImage.FRAME);
    }

    @Test
    void findsASlotThatPointsToAnotherChunk() throws ImagingException {
        byte[] bytes = TestImage.many(5).bytes();
        int slot = ImageLayout.of(bytes).part(StructureKind.INDEX, 0).offset() + IndexBlock.HEAD_LENGTH + IndexSlot.LENGTH;
        pointElsewhere(bytes, slot);
        assertThat(Verification.of(bytes).found()).hasSize(1).allMatch(damage -> damage.fileOffset() == slot);
    }

    @Test
    void refusesWhenBothIndexesPointToAnotherChunk() throws ImagingException {
        byte[] bytes = TestImage.many(5).bytes();
        ImageLayout layout = ImageLayout.of(bytes);
        ImageLayout.Part copy = layout.part(StructureKind.INDEX_COPY, 0);
        pointElsewhere(bytes, layout.part(StructureKind.INDEX, 0).offset() + IndexBlock.HEAD_LENGTH + IndexSlot.LENGTH);
        pointElsewhere(bytes, copy.offset() + IndexCopy.HEAD_LENGTH + IndexSlot.LENGTH);
        Checksums.structure(bytes, copy);
        assertThat(Verification.of(bytes).found()).isNotEmpty();
        assertThat(Verification.of(bytes).opened()).isFalse();
    }

    /** Gives the slot of a chunk the file offset of the next one, with a valid CRC-32C. */
    private static void pointElsewhere(byte[] bytes, int slot) {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        view.putLong(slot + 24, view.getLong(slot + IndexSlot.LENGTH + 24));
        Checksums.slot(bytes, slot, Checksums.imageId(bytes, Structure.PREFIX_LENGTH + view.getInt(4)));
    }

    @Test
    void findsAChunkOfAnotherImage() throws ImagingException {
        byte[] other = TestImage.small(1).metadata(Metadata.of(Map.of("device.model", "Übung \"2\"",
                "device.sectors", 1L << 40))).bytes();
        findsSplicedChunk(image.bytes(), other);
    }

    @Test
    void findsAChunkOfAnImageWithTheSameHeader() throws ImagingException {
        byte[] bytes = TestImage.many(5).bytes();
        TestImage other = TestImage.many(5);
        other.device()[2 * TestImage.FRAME] ^= 0x40;
        findsSplicedChunk(bytes, other.bytes());
    }

    private static void findsSplicedChunk(byte[] bytes, byte[] other) throws ImagingException {
        ImageLayout layout = ImageLayout.of(bytes);
        assertThat(ImageLayout.of(other).parts()).isEqualTo(layout.parts());
        int start = layout.part(StructureKind.CHUNK_HEAD, 2).offset();
        int end = layout.part(StructureKind.CHUNK_TABLE, 2).end();
        System.arraycopy(other, start, bytes, start, end - start);
        assertThat(Verification.of(bytes).found()).isNotEmpty().allMatch(
                damage -> damage.fileOffset() >= start && damage.fileOffset() < end && damage.device().isPresent());
    }

    @Test
    void saysThatANewerVersionMadeTheImage() throws ImagingException {
        for (int at : new int[] {16, 28}) {
            byte[] bytes = image.bytes();
            bytes[at] = 2;
            Checksums.structure(bytes, ImageLayout.of(image.bytes()).part(StructureKind.HEADER, 0));
            assertThatThrownBy(() -> open(bytes)).isInstanceOf(ImageFormatException.class)
                    .hasMessageContaining("newer version");
        }
    }

    private static void open(byte[] bytes) throws ImagingException {
        new SkzFormat().open(MemoryFile.of(bytes), TestImage.CODECS);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
