package org.imagingutility.format.skz.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.SyntheticFrames;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.imagingutility.tck.codec.StoreCodec;
import org.junit.jupiter.api.Test;

/** Gap frames: when there are some, and what they are. */
public class GapFramesTest {
    private static final int FRAME = 4 << 20;
    private static final int FRAMES = 32;
    private static final long GIB = 1L << 30;

    private final SkzFormat format = new SkzFormat();

    /** 32 frames, then 2.5 GiB of nothing, then 32 frames and a last sector that is not in use. */
    public static byte[] wide() throws ImagingException {
        long second = 5 * GIB / 2 + (long) FRAMES * FRAME;
        ImageSpec spec = spec(second + (long) FRAMES * FRAME + 512, 2 * FRAMES, TestImage.CODEC);
        MemoryFile file = new MemoryFile(true);
        try (ImageWriter writer = new SkzFormat().create(file, spec, TestImage.CODECS)) {
            for (long offset : new long[] {0, second}) {
                long length = (long) FRAMES * FRAME;
                writer.beginChunk(new ChunkPlan(offset, length, new ExtentList.Builder().add(offset, length).build()));
                for (int i = 0; i < FRAMES; i++) {
                    SyntheticFrames.zero(writer, spec, offset / FRAME + i);
                }
                writer.endChunk();
            }
            writer.finish(Metadata.empty());
        }
        return file.toBytes();
    }

    private static ImageSpec spec(long deviceLength, long plannedFrames, Codec codec) {
        return new ImageSpec(deviceLength, 512, FRAME, (long) FRAMES * FRAME, codec.name(), codec.wireId(), 0, true,
                Instant.EPOCH, 2, plannedFrames, Metadata.empty());
    }

    @Test
    void areFullRunsAndThenTheRest() throws ImagingException {
        byte[] image = wide();
        List<ImageLayout.Part> gaps = ImageLayout.of(image).parts().stream()
               .filter(part -> part.name().equals("gap")).toList();
        int full = TestImage.CODEC.zeroRunLength(GIB);
        assertThat(gaps).extracting(ImageLayout.Part::length)
                .containsExactly(2 * full + TestImage.CODEC.zeroRunLength(GIB / 2), TestImage.CODEC.zeroRunLength(512));
        assertThat(Verification.of(image).found()).isEmpty();
        for (int run : new int[] {0, 1, 2}) {
            int at = gaps.get(0).offset() + run * full + 99;
            image[at] ^= 1;
            assertThat(Verification.of(image).locates(gaps.get(0))).isTrue();
            image[at] ^= 1;
        }
    }

    @Test
    void areWrittenIfTheyAreFewOrSmall() throws ImagingException {
        // 4 MiB hold the gap frames of a little less than 128 GiB
        assertThat(GapFrames.planRun(spec(128 * GIB - 64 * FRAME, 0, TestImage.CODEC), TestImage.CODEC)).isEqualTo(GIB);
        assertThat(GapFrames.planRun(spec(129 * GIB, 1, TestImage.CODEC), TestImage.CODEC)).isZero();
        assertThat(GapFrames.planRun(spec(64 * 1024 * GIB, 1, TestImage.CODEC), TestImage.CODEC)).isZero();
        assertThat(GapFrames.planRun(spec(Long.MAX_VALUE, 1, TestImage.CODEC), TestImage.CODEC)).isZero();
        assertThat(GapFrames.planRun(spec(Long.MAX_VALUE, Long.MAX_VALUE, TestImage.CODEC), TestImage.CODEC)).isEqualTo(GIB);
    }

    @Test
    void areNotWrittenForACodecThatNoCommonToolReads() throws ImagingException {
        Codec store = new StoreCodec();
        assertThat(GapFrames.planRun(spec(GIB, 0, store), store)).isZero();
    }

    @Test
    void needTheCodecToBeCheckedButNotToBeRead() throws ImagingException {
        CodecLookup none = (wireId, neededBy) -> {
            throw new PluginMissingException("codec", Integer.toString(wireId), neededBy, List.of());
        };
        try (ImageReader reader = format.open(MemoryFile.of(TestImage.small(1).bytes()), none)) {
            assertThat(reader.info().stockCommand()).isEmpty();
            assertThat(reader.table(0).frames()).hasSize(4);
            assertThatThrownBy(() -> reader.checkChunk(reader.table(0), damage -> { }))
                    .isInstanceOf(PluginMissingException.class).hasMessageContaining("image \"memory\" (codec zstd)");
        }
    }
}
