package org.imagingutility.format.skz.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.FrameWindows;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.SyntheticFrames;
import org.imagingutility.format.skz.support.TestImage;
import org.junit.jupiter.api.Test;

/** What the writer promises its caller, and what it refuses. */
class SkzWriterTest {
    private final SkzFormat format = new SkzFormat();
    private final TestImage image = TestImage.small(1);

    @Test
    void writesTheSameBytesForTheSameCalls() throws ImagingException {
        assertThat(TestImage.small(1).bytes()).isEqualTo(image.bytes());
    }

    @Test
    void givesTheSameContentDigestForAnotherChunkSizeAndLevel() throws ImagingException {
        // two frames of one extent, in one chunk and in two
        ExtentList both = new ExtentList.Builder().add(0, 2L * TestImage.FRAME).build();
        ExtentList first = both.within(0, TestImage.FRAME);
        ExtentList second = both.within(TestImage.FRAME, TestImage.FRAME);
        ImageReader one = zeros(3, List.of(new ChunkPlan(0, 2L * TestImage.FRAME, both)));
        ImageReader two = zeros(5, List.of(new ChunkPlan(0, TestImage.FRAME, first),
                new ChunkPlan(TestImage.FRAME, TestImage.FRAME, second)));
        assertThat(two.info().digests().content()).isEqualTo(one.info().digests().content());
        assertThat(two.info().digests().image()).isNotEqualTo(one.info().digests().image());
        ImageReader less = zeros(3, List.of(new ChunkPlan(0, 2L * TestImage.FRAME,
                both.within(0, 2L * TestImage.FRAME - 512))));
        assertThat(less.info().digests().content()).isNotEqualTo(one.info().digests().content());
    }

    private ImageReader zeros(int level, List<ChunkPlan> plans) throws ImagingException {
        ImageSpec spec = new ImageSpec(2L * TestImage.FRAME, 512, TestImage.FRAME, 4L * TestImage.FRAME,
                TestImage.CODEC.name(), TestImage.CODEC.wireId(), level, true, Instant.EPOCH, plans.size(), 2,
                Metadata.empty());
        MemoryFile file = new MemoryFile(true);
        try (ImageWriter writer = format.create(file, spec, TestImage.CODECS)) {
            for (ChunkPlan plan : plans) {
                writer.beginChunk(plan);
                FrameWindows windows = new FrameWindows(plan.extents(), TestImage.FRAME);
                while (windows.hasNext()) {
                    SyntheticFrames.zero(writer, spec, windows.next());
                }
                writer.endChunk();
            }
            writer.finish(Metadata.empty());
        }
        return format.open(MemoryFile.of(file.toBytes()), TestImage.CODECS);
    }

    @Test
    void refusesCallsOutOfOrder() throws ImagingException {
        try (ImageWriter writer = format.create(new MemoryFile(true), image.spec(), TestImage.CODECS)) {
            assertThatThrownBy(writer::endChunk).isInstanceOf(IllegalStateException.class);
            writer.beginChunk(image.plans().get(0));
            assertThatThrownBy(() -> writer.beginChunk(image.plans().get(1))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.finish(Metadata.empty())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(writer::endChunk).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("0 of 4 frames");
        }
    }

    @Test
    void refusesAFrameThatIsNotDue() throws ImagingException {
        ByteBuffer stored = ByteBuffer.allocateDirect(100);
        for (FrameInfo wrong : List.of(frame(2, TestImage.FRAME, 100), frame(1, 512, 100), frame(1, TestImage.FRAME, 99))) {
            try (ImageWriter writer = format.create(new MemoryFile(true), image.spec(), TestImage.CODECS)) {
                writer.beginChunk(image.plans().get(0));
                assertThatThrownBy(() -> writer.writeFrame(wrong, stored)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> writer.writeFrame(wrong, stored)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static FrameInfo frame(long index, int contentLength, int storedLength) {
        return new FrameInfo(index, FrameKind.DATA, contentLength, storedLength, 0, TestImage.sha(new byte[1]));
    }

    @Test
    void refusesAChunkThatDoesNotFit() throws ImagingException {
        ExtentList start = new ExtentList.Builder().add(0, 512).build();
        ExtentList later = new ExtentList.Builder().add(TestImage.FRAME, 512).build();
        List<ChunkPlan> wrong = List.of(
                new ChunkPlan(0, 512, start),
                new ChunkPlan(0, 5L * TestImage.FRAME, start),
                new ChunkPlan(512, TestImage.FRAME, later));
        for (ChunkPlan plan : wrong) {
            try (ImageWriter writer = format.create(new MemoryFile(true), image.spec(), TestImage.CODECS)) {
                assertThatThrownBy(() -> writer.beginChunk(plan)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void refusesAFileThatIsNotEmpty() {
        assertThatThrownBy(() -> format.create(MemoryFile.of(new byte[1]), image.spec(), TestImage.CODECS))
                .isInstanceOf(TargetException.class).hasMessageContaining("1 bytes already");
    }
}
