package org.imagingutility.files.ntfs.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.files.ntfs.compression.Samples;
import org.imagingutility.fs.ntfs.structure.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of chunks: of files of 4 GiB and more, and such as cannot be. */
class WofContentTest {
    private static final int CHUNK = 32_768;
    private static final int KEPT_LENGTH = 100_003;

    /** Bytes that a test makes up; byte 0 stands at byte 1000 of the volume. */
    private abstract static class Made extends StoredContent {
        Made(long length) {
            super(length);
        }

        @Override
        public Place place(long position) {
            return Place.start("volume", null).from(1000 + position);
        }
    }

    private static byte[] kept() throws IOException {
        try (InputStream in = WofContentTest.class.getResourceAsStream("/lzx.chunks")) {
            return in.readAllBytes();
        }
    }

    private static Made of(byte[] bytes) {
        return new Made(bytes.length) {
            @Override
            protected void fill(long offset, ByteBuffer target) {
                target.put(bytes, (int) offset, target.remaining());
            }
        };
    }

    /** The same chunk again and again, behind a table with entries of 8 bytes. */
    private static Made repeated(byte[] chunk, long chunkCount) {
        long table = (chunkCount - 1) * Long.BYTES;
        return new Made(table + chunkCount * chunk.length) {
            @Override
            protected void fill(long offset, ByteBuffer target) {
                for (long at = offset; target.hasRemaining(); at++) {
                    long entry = (at / Long.BYTES + 1) * chunk.length;
                    target.put(at < table ? (byte) (entry >> at % Long.BYTES * Byte.SIZE) : chunk[(int) ((at - table) % chunk.length)]);
                }
            }
        };
    }

    @Test
    void readsFilesOfFourGibibytesAndMore() throws IOException, ImagingException {
        byte[] resource = kept();
        int first = ByteBuffer.wrap(resource).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        byte[] chunk = Arrays.copyOfRange(resource, 12, 12 + first);
        byte[] expected = Arrays.copyOf(Samples.mixed(KEPT_LENGTH, 7), CHUNK);
        long count = (1L << 32) / CHUNK + 2;
        WofContent content = new WofContent(repeated(chunk, count), ExternalCompression.LZX, count * CHUNK);
        byte[] found = new byte[CHUNK];
        for (long at : new long[] {0, (1L << 32) - CHUNK, 1L << 32, (count - 1) * CHUNK}) {
            content.read(at, ByteBuffer.wrap(found));
            assertThat(found).as("byte %d", at).isEqualTo(expected);
        }
    }

    @Test
    void hasNothingOfAnEmptyFile() throws ImagingException {
        WofContent content = new WofContent(of(new byte[0]), ExternalCompression.XPRESS4K, 0);
        content.read(0, ByteBuffer.allocate(0));
        assertThat(content.length()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, 1000, chunk 1 begins at byte 4294967295",
        "4, 1, 1012, chunk 1 has",
        "8, 0, 1012, chunk 2 has"})
    void refusesTablesThatCannotBe(int at, int value, long offset, String reason) throws IOException, ImagingException {
        byte[] resource = kept();
        ByteBuffer.wrap(resource).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        WofContent content = new WofContent(of(resource), ExternalCompression.LZX, KEPT_LENGTH);
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class,
                () -> content.read(0, ByteBuffer.allocate(KEPT_LENGTH)));
        assertThat(refusal).hasMessageContaining(reason);
        assertThat(refusal.offset()).isGreaterThanOrEqualTo(offset);
    }

    @Test
    void refusesATableThatIsLongerThanTheData() {
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class,
                () -> new WofContent(of(new byte[100]), ExternalCompression.XPRESS4K, 1_000_000));
        assertThat(refusal).hasMessageContaining("its table for 245 chunks alone 976");
        assertThat(refusal.offset()).isEqualTo(1000);
    }
}
