package org.imagingutility.format.img1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.container.ContainerFormatContract;
import org.imagingutility.tck.store.MemoryImageFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReaderTest {
    private static final int FRAME = Sections.FRAME;

    /** The other checks of the contract begin by writing an image, which this format does not. */
    @TestFactory
    Stream<DynamicTest> keepsTheContractOfFormatsAsFarAsItReads() {
        return new ContainerFormatContract(new Img1Format()).checks().stream()
                .filter(check -> check.name().equals("has a permanent name"))
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @Test
    void writesNoImagesAndSaysWhy() {
        assertThatThrownBy(() -> new Img1Format().create(new MemoryImageFile(), null, null))
                .isInstanceOf(UsageException.class).hasMessageContaining("for reading");
    }

    @Test
    void chunksThatMeetInWindowsAreJoinedThere() throws Exception {
        Made made = new Made(3, 4 * FRAME, 20 * FRAME + 512).chunk(512, 3 * FRAME, 1).chunk(512 + 3 * FRAME, 1024, 2)
                .chunk(3 * FRAME + 4096, 512, 3).chunk(3 * FRAME + 8192, 4 * FRAME, 4).chunk(9 * FRAME, FRAME, 5)
                .chunk(10 * FRAME, 2 * FRAME, 6).zeros(14 * FRAME - 512, 1024).chunk(20 * FRAME, 512, 7);
        try (ImageReader reader = open(made.bytes())) {
            Contents contents = new Contents(reader);
            assertThat(contents.damages).isEmpty();
            assertThat(contents.device).isEqualTo(made.device);
            assertThat(reader.findChunk(8 * FRAME)).isEqualTo(-1);
            assertThat(reader.findChunk(-1)).isEqualTo(-1);
            assertThat(reader.findChunk(20 * FRAME + 512)).isEqualTo(-1);
            assertThatThrownBy(() -> reader.chunk(reader.chunkCount())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void framesOfALargeChunkCanBeReadInAnyOrder() throws Exception {
        int frames = 3 * ChunkStream.MEMORY / FRAME;
        Made made = new Made(2, frames * FRAME, frames * FRAME).chunk(0, frames * FRAME, 1);
        try (ImageReader reader = open(made.bytes())) {
            List<FrameEntry> entries = new ArrayList<>(reader.table(0).frames());
            Collections.shuffle(entries, new Random(1));
            for (FrameEntry entry : entries.subList(0, 60)) {
                int at = (int) entry.frame().frameIndex() * FRAME;
                assertThat(Contents.checked(reader, entry)).isEqualTo(Arrays.copyOfRange(made.device, at, at + FRAME));
            }
        }
    }

    @Test
    void aPassThatIsNearlyInOrderReadsTheFileTwice() throws Exception {
        int frames = 5 * ChunkStream.MEMORY / FRAME;
        Made made = new Made(3, frames * FRAME, 3 * frames * FRAME).chunk(512, frames * FRAME, 1)
                .chunk(512 + frames * FRAME, frames * FRAME, 2);
        byte[] bytes = made.bytes();
        CountingFile file = new CountingFile(MemoryImageFile.of(bytes));
        try (ImageReader reader = new Img1Format().open(file, null)) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                List<FrameEntry> entries = reader.table(i).frames();
                for (int j = 0; j < entries.size(); j += 8) {
                    List<FrameEntry> some = new ArrayList<>(entries.subList(j, Math.min(entries.size(), j + 8)));
                    Collections.shuffle(some, new Random(j));
                    for (FrameEntry entry : some) {
                        Contents.checked(reader, entry);
                    }
                }
            }
        }
        assertThat(file.bytesRead).isLessThan(2L * bytes.length + 4096);
    }

    @Test
    void everyWrongZstdFrameIsDamageAndNamesTheChunk() throws Exception {
        Made made = new Made(3, FRAME, FRAME).chunk(0, FRAME - 512, 1);
        byte[] content = Arrays.copyOf(made.device, FRAME - 512);
        byte[] good = Zstd.compress(content);
        byte[] longer = Zstd.compress(Arrays.copyOf(content, content.length + 1));
        byte[] shorter = Zstd.compress(Arrays.copyOf(content, content.length - 1));
        byte[] trailing = Arrays.copyOf(good, good.length + 1);
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        byte[] noise = new byte[100];
        byte[] other = content.clone();
        other[7]++;
        for (byte[] payload : List.of(longer, shorter, trailing, cut, noise, Zstd.compress(other))) {
            try (ImageReader reader = open(made.bytes(List.of(payload)))) {
                assertThatThrownBy(() -> reader.table(0)).isInstanceOf(ImageDamagedException.class)
                        .hasMessageContaining("chunk 0");
                // and again, whatever state the first left behind
                assertThatThrownBy(() -> reader.table(0)).isInstanceOf(ImageDamagedException.class);
            }
        }
        try (ImageReader reader = open(made.bytes(List.of(good)))) {
            assertThat(reader.table(0).frames()).hasSize(1);
        }
    }

    @Test
    void aFrameThatWantsMoreThan128MiBOfMemoryIsRefused() throws Exception {
        int length = FRAME - 512;
        Made made = new Made(3, FRAME, FRAME).chunk(0, length, 1);
        for (int exponent : new int[] {17, 18, 31}) {
            // RFC 8878: magic number, no content size, window of 2^(10 + exponent), one raw block
            ByteBuffer frame = ByteBuffer.allocate(length + 9).order(ByteOrder.LITTLE_ENDIAN).putInt(0xFD2FB528)
                    .put((byte) 0).put((byte) (exponent << 3)).putInt(length << 3 | 1);
            frame.position(9).put(made.device, 0, length);
            try (ImageReader reader = open(made.bytes(List.of(frame.array())))) {
                if (exponent == 17) {
                    assertThat(reader.table(0).frames()).hasSize(1);
                } else {
                    assertThatThrownBy(() -> reader.table(0)).isInstanceOf(ImageDamagedException.class)
                            .hasMessageContaining("memory");
                }
            }
        }
    }

    @Test
    void headThatDiffersFromTheIndexIsReported() throws Exception {
        Made made = new Made(3, FRAME, 4 * FRAME).chunk(FRAME, 512, 1);
        byte[] bytes = made.bytes();
        bytes[made.headerLength() + 5]++;
        try (ImageReader reader = open(bytes)) {
            assertThat(new Contents(reader).damages).singleElement().asString().contains("the index says");
        }
    }

    @Test
    void bytesBetweenTheChunksAreReported() throws Exception {
        Made made = new Made(3, FRAME, 4 * FRAME).chunk(FRAME, 512, 1).chunk(2 * FRAME, 512, 2);
        byte[] bytes = made.bytes();
        // the first entry of the index says that its chunk begins a byte later
        bytes[bytes.length - 12 - 2 * 24 + 8]++;
        try (ImageReader reader = open(bytes)) {
            assertThat(new Contents(reader).damages).anySatisfy(damage -> assertThat(damage).contains("begins at byte"));
        }
    }

    @Test
    void versionsToComeAreRefused() {
        byte[] bytes = new Made(3, FRAME, FRAME).chunk(0, FRAME, 1).bytes();
        bytes[4] = 4;
        assertThatThrownBy(() -> open(bytes)).isInstanceOf(ImageFormatException.class).hasMessageContaining("version 4");
    }

    @Test
    void cutImageOfVersionOneIsNeverTakenForAWholeOne() throws Exception {
        Made made = new Made(1, FRAME, 3 * FRAME).chunk(0, FRAME, 1).chunk(FRAME, FRAME, 2).chunk(2 * FRAME, FRAME, 3);
        byte[] bytes = made.bytes();
        int index = bytes.length - 20 - 3 * 24;
        for (int length = made.headerLength(); length < index; length += length < 200 ? 1 : 997) {
            try (ImageReader reader = open(Arrays.copyOf(bytes, length))) {
                assertThat(new Contents(reader).lost).as("cut to %d", length).hasSize(1);
            }
        }
    }

    @Test
    void anImageWithoutChunksIsADeviceOfZeros() throws Exception {
        try (ImageReader reader = open(new Made(3, FRAME, 4 * FRAME).bytes())) {
            Contents contents = new Contents(reader);
            assertThat(contents.damages).isEmpty();
            assertThat(contents.device).containsOnly(0);
        }
    }

    @Test
    void aClosedReaderReadsNothing() throws Exception {
        ImageReader reader = open(new Made(3, FRAME, FRAME).chunk(0, FRAME, 1).bytes());
        ChunkTable table = reader.table(0);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.readStored(table.frames().get(0), ByteBuffer.allocateDirect(FRAME)))
                .isInstanceOf(IllegalStateException.class);
    }

    static ImageReader open(byte[] bytes) throws ImagingException {
        return new Img1Format().open(MemoryImageFile.of(bytes), (wireId, neededBy) -> new StoredCodec());
    }

    /** Counts what is read. */
    private static final class CountingFile implements ImageFile {
        private final ImageFile file;
        private long bytesRead;

        CountingFile(ImageFile file) {
            this.file = file;
        }

        @Override
        public String reference() {
            return file.reference();
        }

        @Override
        public boolean seekable() {
            return true;
        }

        @Override
        public long length() throws ImagingException {
            return file.length();
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            bytesRead += target.remaining();
            file.read(offset, target);
        }

        @Override
        public void write(long offset, ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void truncate(long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void publish() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void discard() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() throws ImagingException {
            file.close();
        }
    }
}
