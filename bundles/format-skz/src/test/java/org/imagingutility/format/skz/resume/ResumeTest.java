package org.imagingutility.format.skz.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.format.skz.RoundTripTest;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.Checksums;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.tck.codec.StoreCodec;
import org.junit.jupiter.api.Test;

/** What is special about continuing with an image of this format; the rest is in the contract of the test kit. */
class ResumeTest {
    private static final long CHUNK = 4L * TestImage.FRAME;

    private final SkzFormat format = new SkzFormat();
    private final TestImage image = TestImage.unreadable(1);

    @Test
    void endsTheWholePartBeforeAChunkWhoseTableDoesNotHold() throws ImagingException {
        byte[] unfinished = unfinished(image);
        ImageLayout.Part table = ImageLayout.of(image.bytes()).part(StructureKind.CHUNK_TABLE, 1);
        unfinished[table.offset() + 70] ^= 1;
        try (UnfinishedImage found = format.reopen(MemoryFile.of(unfinished), TestImage.CODECS)) {
            assertThat(found.chunkCount()).isEqualTo(1);
            assertThat(found.damage()).hasValueSatisfying(
                    text -> assertThat(text).contains("SKZTABL1", "byte " + table.offset()));
            // its frames are whole, and their heads tell of them
            assertThat(found.partialChunk()).hasValueSatisfying(partial -> assertThat(partial.frames()).hasSize(2));
        }
        assertThat(finished(unfinished)).isEqualTo(image.bytes());
    }

    @Test
    void saysThatAFinishedImageWasCutOff() throws ImagingException {
        byte[] whole = image.bytes();
        ImageLayout.Part head = ImageLayout.of(whole).part(StructureKind.FRAME_HEAD, 5);
        byte[] cut = Arrays.copyOf(whole, head.offset());
        try (UnfinishedImage found = format.reopen(MemoryFile.of(cut), TestImage.CODECS)) {
            assertThat(found.damage()).hasValueSatisfying(text -> assertThat(text).contains("the file ends here"));
            assertThat(found.chunkCount()).isEqualTo(1);
        }
        assertThat(finished(cut)).isEqualTo(whole);
    }

    @Test
    void readsEachTableOnceAndNoStoredBytesOfChunksThatTheIndexTellsOf() throws ImagingException {
        byte[] whole = image.bytes();
        MemoryFile file = MemoryFile.of(Arrays.copyOf(whole, whole.length - 1));
        long stored = ImageLayout.of(whole).parts().stream().filter(ImageLayout.Part::isStored)
                .mapToLong(ImageLayout.Part::length).sum();
        format.reopen(file, TestImage.CODECS).close();
        assertThat(file.bytesRead()).isLessThan(stored / 2);
    }

    @Test
    void refusesACodecWithoutZeroRunsForAnImageWithGapsAndChangesNothing() throws ImagingException {
        Codec store = new StoreCodec();
        CodecLookup both = (wireId, neededBy) -> wireId == store.wireId() ? store
                : TestImage.CODECS.byWireId(wireId, neededBy);
        byte[] unfinished = unfinished(image);
        MemoryFile file = MemoryFile.of(unfinished);
        try (UnfinishedImage found = format.reopen(file, both)) {
            assertThatThrownBy(() -> found.resume(new ResumePoint(1, 0, store.wireId(), 0, CHUNK)))
                    .isInstanceOf(UsageException.class).hasMessageContaining("store").hasMessageContaining("zeros");
        }
        assertThat(file.toBytes()).isEqualTo(unfinished);
        assertThat(file.events()).isEmpty();
    }

    @Test
    void refusesAnImageWrittenInOnePass() throws ImagingException {
        MemoryFile streamed = new MemoryFile(false);
        image.write(streamed);
        byte[] cut = Arrays.copyOf(streamed.toBytes(), streamed.toBytes().length - 1);
        assertThatThrownBy(() -> format.reopen(MemoryFile.of(cut), TestImage.CODECS))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("in one pass");
    }

    @Test
    void refusesACompleteImageWithADamagedFooterToo() throws ImagingException {
        byte[] whole = image.bytes();
        whole[ImageLayout.of(whole).part(StructureKind.FOOTER, 0).offset() + 30] ^= 1;
        assertThatThrownBy(() -> format.reopen(MemoryFile.of(whole), TestImage.CODECS))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("is complete");
    }

    @Test
    void asksForRepairIfTheHeaderOrTheFirstIndexBlockDoesNotHold() throws ImagingException {
        ImageLayout layout = ImageLayout.of(image.bytes());
        for (StructureKind kind : List.of(StructureKind.HEADER, StructureKind.INDEX)) {
            byte[] unfinished = unfinished(image);
            unfinished[layout.part(kind, 0).offset() + 24] ^= 1;
            assertThatThrownBy(() -> format.reopen(MemoryFile.of(unfinished), TestImage.CODECS))
                    .isInstanceOfSatisfying(ImageDamagedException.class,
                            e -> assertThat(e.remedy()).get().asString().contains("repair"));
        }
    }

    @Test
    void refusesToChangeAnImageWithAReadCompatibleFeatureThatItDoesNotKnow() throws ImagingException {
        byte[] unfinished = unfinished(image);
        unfinished[24] |= 4;
        ImageLayout.Part header = ImageLayout.of(image.bytes()).part(StructureKind.HEADER, 0);
        Checksums.structure(unfinished, header);
        assertThatThrownBy(() -> format.reopen(MemoryFile.of(unfinished), TestImage.CODECS))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("features 0x4");
    }

    @Test
    void keepsTheIndexBlocksOfManyChunks() throws ImagingException {
        TestImage many = TestImage.many(1030).planned(2, 1030);
        byte[] whole = many.bytes();
        ImageLayout layout = ImageLayout.of(whole);
        // before, within and behind the second index block, and when it is there and not linked yet
        for (int end : List.of(layout.part(StructureKind.INDEX, 1).offset(), layout.part(StructureKind.INDEX, 1).end(),
                layout.part(StructureKind.CHUNK_TABLE, 2).offset(), layout.part(StructureKind.CHUNK_TABLE, 1025).end(),
                layout.part(StructureKind.INDEX, 2).end(), layout.part(StructureKind.FRAME_HEAD, 1028).offset())) {
            byte[] cut = Arrays.copyOf(whole, end);
            ImageLayout.Part first = layout.part(StructureKind.INDEX, 0);
            if (end == layout.part(StructureKind.CHUNK_TABLE, 2).offset()) {
                Arrays.fill(cut, first.end() - IndexSlot.LENGTH, first.end(), (byte) 0);
            }
            assertThat(finished(many, cut)).as("cut off at %d", end).isEqualTo(whole);
        }
    }

    private byte[] finished(byte[] unfinished) throws ImagingException {
        return finished(image, unfinished);
    }

    /** Continues where the whole part ends. */
    private byte[] finished(TestImage source, byte[] unfinished) throws ImagingException {
        MemoryFile file = MemoryFile.of(unfinished);
        try (UnfinishedImage found = format.reopen(file, TestImage.CODECS)) {
            List<FrameEntry> frames = found.partialChunk().map(partial -> partial.frames()).orElse(List.of());
            ResumePoint point = new ResumePoint(found.chunkCount(), frames.size(), TestImage.CODEC.wireId(), 3,
                    found.spec().chunkSize());
            try (ImageWriter writer = found.resume(point)) {
                source.writeChunks(writer, found.chunkCount(), frames.size());
                writer.finish(TestImage.STATISTICS);
            }
        }
        try (ImageReader reader = format.open(MemoryFile.of(file.toBytes()), TestImage.CODECS)) {
            assertThat(RoundTripTest.damages(reader)).isEmpty();
        }
        return file.toBytes();
    }

    /** Returns an image all of whose chunks were written and that was given up then. */
    private byte[] unfinished(TestImage source) throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        try (ImageWriter writer = format.create(file, source.spec(), TestImage.CODECS)) {
            source.writeChunks(writer);
        }
        return file.toBytes();
    }
}
