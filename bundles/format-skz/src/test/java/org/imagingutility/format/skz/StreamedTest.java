package org.imagingutility.format.skz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.junit.jupiter.api.Test;

/** An image written in one pass to a file that cannot seek. */
class StreamedTest {
    private final TestImage image = TestImage.small(1);
    private final SkzFormat format = new SkzFormat();

    private byte[] streamed() throws ImagingException {
        // this file refuses reads and any write that is not at its end
        MemoryFile file = new MemoryFile(false);
        image.write(file);
        return file.toBytes();
    }

    @Test
    void holdsTheSameAsASeekableOne() throws ImagingException {
        byte[] bytes = streamed();
        try (ImageReader reader = format.open(MemoryFile.of(bytes), TestImage.CODECS);
                ImageReader seekable = format.open(MemoryFile.of(image.bytes()), TestImage.CODECS)) {
            assertThat(TestImage.restore(reader)).isEqualTo(image.device());
            assertThat(RoundTripTest.damages(reader)).isEmpty();
            assertThat(reader.info().digests().content()).isEqualTo(seekable.info().digests().content());
        }
    }

    @Test
    void findsAChangeOfAnyByteOutsideTheStoredBytes() throws ImagingException {
        byte[] bytes = streamed();
        for (ImageLayout.Part part : ImageLayout.of(bytes).parts()) {
            for (int i = part.offset(); i < part.end(); i += part.isStored() ? 499 : 1) {
                bytes[i] ^= 0x04;
                assertThat(Verification.of(bytes).locates(part)).as("byte %d of %s", i, part).isTrue();
                bytes[i] ^= 0x04;
            }
        }
    }

    @Test
    void stillShowsEachWholeChunkWhenItsEndIsLost() throws ImagingException {
        byte[] bytes = streamed();
        ImageLayout layout = ImageLayout.of(bytes);
        List<ImageLayout.Part> tables = layout.parts(StructureKind.CHUNK_TABLE);
        for (int lost = 0; lost < tables.size(); lost++) {
            for (int length : new int[] {tables.get(lost).offset() - 100, tables.get(lost).end() - 1}) {
                assertThat(walk(Arrays.copyOf(bytes, length))).isEqualTo(lost);
            }
            assertThat(walk(Arrays.copyOf(bytes, tables.get(lost).end()))).isEqualTo(lost + 1);
        }
    }

    @Test
    void saysHowManyChunksAreLeftWhenItsEndIsLost() throws ImagingException {
        byte[] bytes = streamed();
        int end = ImageLayout.of(bytes).part(StructureKind.CHUNK_TABLE, 2).end();
        assertThatThrownBy(() -> format.open(MemoryFile.of(Arrays.copyOf(bytes, end + 5)), TestImage.CODECS))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("3 whole chunks");
    }

    private static int walk(byte[] bytes) throws ImagingException {
        ImageInput in = new ImageInput(MemoryFile.of(bytes));
        ByteBuffer headerBytes = in.structure(StructureKind.HEADER, 0, in.length());
        Header header = Header.parse(headerBytes, in.place(0));
        ChunkWalker walker = new ChunkWalker(in, header, SkzDigests.imageId(headerBytes),
                new GapFrames(TestImage.CODECS, in.image(), header));
        long position = headerBytes.limit() + IndexBlock.HEAD_LENGTH;
        long deviceEnd = 0;
        for (int count = 0;; count++) {
            try {
                IndexSlot slot = walker.chunk(position, count, deviceEnd);
                position = slot.fileEnd();
                deviceEnd = slot.deviceEnd();
            } catch (ImageDamagedException e) {
                return count;
            }
        }
    }
}
