package org.imagingutility.format.skz.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.format.skz.RoundTripTest;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.SyntheticFrames;
import org.imagingutility.format.skz.support.TestImage;
import org.junit.jupiter.api.Test;

/** The index: its size, its growth, and what is read of it. */
class IndexTest {
    private static final long TIB = 1L << 40;

    private final SkzFormat format = new SkzFormat();

    @Test
    void growsByBlocksWhenMoreChunksComeThanPlanned() throws ImagingException {
        TestImage image = TestImage.many(1100).planned(2, 1100);
        byte[] bytes = image.bytes();
        ImageLayout layout = ImageLayout.of(bytes);
        assertThat(layout.parts(StructureKind.INDEX)).hasSize(3);
        try (ImageReader reader = format.open(MemoryFile.of(bytes), TestImage.CODECS)) {
            assertThat(reader.chunkCount()).isEqualTo(1100);
            assertThat(RoundTripTest.damages(reader)).isEmpty();
            assertThat(TestImage.restore(reader)).isEqualTo(image.device());
        }
        // the index at the front is enough, all of its blocks
        ImageLayout.Part copy = layout.part(StructureKind.INDEX_COPY, 0);
        bytes[copy.offset() + 40] ^= 1;
        try (ImageReader reader = format.open(MemoryFile.of(bytes), TestImage.CODECS)) {
            assertThat(reader.chunkCount()).isEqualTo(1100);
        }
    }

    @Test
    void staysUnder32MiBForADeviceOf64TiBInChunksOf512MiB() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        ImageSpec spec = spec(64 * TIB, 512L << 20, 131072, 64 * TIB >> 22);
        try (ImageWriter writer = format.create(file, spec, TestImage.CODECS)) {
            assertThat(writer.length()).isBetween(131072L * IndexSlot.LENGTH, 32L << 20);
        }
    }

    @Test
    void refusesMoreChunksThanAnIndexIsPlannedForAndNamesASizeThatWorks() {
        ImageSpec spec = spec(64 * TIB, 64L << 20, 1 << 20, 64 * TIB >> 22);
        assertThatThrownBy(() -> format.create(new MemoryFile(true), spec, TestImage.CODECS))
                .isInstanceOfSatisfying(UsageException.class,
                        e -> assertThat(e.remedy()).contains("use chunks of 256 MiB"));
    }

    @Test
    void writesNoGapFramesWhereTheyWouldBeMoreThanOneInAHundred() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        long far = 40 * TIB;
        ImageSpec spec = spec(64 * TIB, 512L << 20, 2, 2);
        try (ImageWriter writer = format.create(file, spec, TestImage.CODECS)) {
            for (long offset : new long[] {0, far}) {
                ExtentList extent = new ExtentList.Builder().add(offset, 4096).build();
                writer.beginChunk(new ChunkPlan(offset, 512L << 20, extent));
                SyntheticFrames.zero(writer, spec, offset / spec.frameSize());
                writer.endChunk();
            }
            writer.finish(Metadata.empty());
        }
        assertThat(file.length()).isLessThan(8192);
        MemoryFile image = MemoryFile.of(file.toBytes());
        try (ImageReader reader = format.open(image, TestImage.CODECS)) {
            assertThat(image.bytesRead()).isLessThan(2048);
            assertThat(reader.info().stockCommand()).isEmpty();
            assertThat(RoundTripTest.damages(reader)).isEmpty();
            assertThat(reader.findChunk(0)).isZero();
            assertThat(reader.findChunk((512L << 20) - 1)).isZero();
            assertThat(reader.findChunk(512L << 20)).isEqualTo(-1);
            assertThat(reader.findChunk(far)).isEqualTo(1);
            assertThat(reader.findChunk(far + (512L << 20))).isEqualTo(-1);
        }
    }

    @Test
    void takesTheLargestDeviceThereIs() throws ImagingException {
        ImageSpec spec = spec(Long.MAX_VALUE, ImageSpec.MAX_CHUNK_SIZE, 1, 1);
        MemoryFile file = new MemoryFile(true);
        long lastFrame = spec.frameCount() - 1;
        long offset = lastFrame * spec.frameSize();
        try (ImageWriter writer = format.create(file, spec, TestImage.CODECS)) {
            ExtentList extent = new ExtentList.Builder().add(offset, Long.MAX_VALUE - offset).build();
            writer.beginChunk(new ChunkPlan(offset, Long.MAX_VALUE - offset, extent));
            SyntheticFrames.zero(writer, spec, lastFrame);
            writer.endChunk();
            writer.finish(Metadata.empty());
        }
        try (ImageReader reader = format.open(MemoryFile.of(file.toBytes()), TestImage.CODECS)) {
            assertThat(RoundTripTest.damages(reader)).isEmpty();
            assertThat(reader.findChunk(Long.MAX_VALUE - 1)).isZero();
        }
    }

    @Test
    void holdsAnImageWithoutAnyChunk() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        ImageSpec spec = spec(TIB / 1024, 512L << 20, 0, 0);
        try (ImageWriter writer = format.create(file, spec, TestImage.CODECS)) {
            writer.finish(Metadata.empty());
        }
        try (ImageReader reader = format.open(MemoryFile.of(file.toBytes()), TestImage.CODECS)) {
            assertThat(reader.chunkCount()).isZero();
            assertThat(reader.findChunk(0)).isEqualTo(-1);
            assertThat(RoundTripTest.damages(reader)).isEmpty();
            assertThat(reader.info().stockCommand()).contains("zstd -d");
        }
    }

    @Test
    void readsHeaderIndexAndFooterOnlyWhenItOpens() throws ImagingException {
        byte[] bytes = TestImage.small(1).bytes();
        ImageLayout layout = ImageLayout.of(bytes);
        MemoryFile file = MemoryFile.of(bytes);
        try (ImageReader reader = format.open(file, TestImage.CODECS)) {
            long allowed = layout.part(StructureKind.HEADER, 0).length()
                    + layout.part(StructureKind.INDEX_COPY, 0).length()
                    + layout.part(StructureKind.FOOTER, 0).length() + 64;
            assertThat(file.bytesRead()).isLessThanOrEqualTo(allowed);
            assertThat(reader.chunkCount()).isEqualTo(4);
        }
    }

    private static ImageSpec spec(long deviceLength, long chunkSize, long plannedChunks, long plannedFrames) {
        return new ImageSpec(deviceLength, 512, 4 << 20, chunkSize, TestImage.CODEC.name(), TestImage.CODEC.wireId(), 3,
                true, Instant.EPOCH, plannedChunks, plannedFrames, Metadata.empty());
    }
}
