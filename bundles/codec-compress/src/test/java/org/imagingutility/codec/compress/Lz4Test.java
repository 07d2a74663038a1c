package org.imagingutility.codec.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.lz4.Lz4Codec;
import org.imagingutility.codec.compress.lz4.Lz4Frame;
import org.imagingutility.codec.compress.lz4.XxHash32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lz4 frames against another implementation, that of Commons Compress, and against frames made wrong on purpose. */
class Lz4Test {
    private final Lz4Codec codec = new Lz4Codec();

    @Property(tries = 60)
    void anotherImplementationReadsWhatIsWritten(@ForAll @IntRange(min = 1, max = 200_000) int length, @ForAll long seed)
            throws Exception {
        byte[] content = Codecs.mixed(length, seed);
        assertThat(readByCommons(Codecs.compress(codec, content))).isEqualTo(content);
    }

    @Property(tries = 40)
    void whatAnotherImplementationWritesIsRead(@ForAll @IntRange(min = 1, max = 30_000) int length, @ForAll long seed,
            @ForAll boolean contentChecksum, @ForAll boolean blockChecksum, @ForAll boolean linked) throws Exception {
        byte[] content = Codecs.mixed(length, seed);
        var parameters = new Parameters(BlockSize.K64, contentChecksum, blockChecksum, linked);
        assertThat(Codecs.decompress(codec, writtenByCommons(content, parameters), length)).isEqualTo(content);
    }

    @Test
    void blocksThatReachBackIntoTheBlockBeforeAreRead() throws Exception {
        byte[] content = Codecs.mixed(200_000, 5);
        byte[] linked = writtenByCommons(content, new Parameters(BlockSize.K64, true, true, true));
        assertThat(Codecs.decompress(codec, linked, content.length)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 13, 31, 32, 33, 34, 275, 276, 65_536, 65_537, 262_145, 4 << 20, (4 << 20) + 1, (8 << 20) + 32,
        (8 << 20) + 33, 64 << 20})
    void zeroRunsAreReadByAnotherImplementation(int count) throws Exception {
        ByteBuffer stored = ByteBuffer.allocate(codec.zeroRunLength(count));
        codec.encodeZeroRun(count, stored);
        assertThat(stored.hasRemaining()).isFalse();
        try (var in = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(stored.array()))) {
            byte[] read = new byte[1 << 20];
            byte[] zeros = new byte[1 << 20];
            int left = count;
            for (int got = in.read(read); got > 0; got = in.read(read)) {
                assertThat(Arrays.mismatch(read, 0, got, zeros, 0, got)).isEqualTo(-1);
                left -= got;
            }
            assertThat(left).isZero();
        }
    }

    @Test
    void zerosTakeOnePartIn255() {
        assertThat(codec.zeroRunLength(64 << 20)).isBetween((64 << 20) / 255, (64 << 20) / 255 + 300);
    }

    @Test
    void contentThatDoesNotCompressTakesLittleMore() throws Exception {
        byte[] noise = org.imagingutility.tck.Content.random(5 << 20, 1);
        assertThat(Codecs.compress(codec, noise)).hasSize(noise.length + 15 + 2 * 4 + 8);
    }

    /** Known answers of the algorithm; frames of another implementation try the rest. */
    @ParameterizedTest
    @CsvSource({"'',02CC5D05", "a,550D7456", "abc,32D153FF", "Nobody inspects the spammish repetition,E2293B2F"})
    void theHashGivesTheKnownAnswers(String text, String expected) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(String.format("%08X", XxHash32.of(ByteBuffer.wrap(bytes), 0, bytes.length))).isEqualTo(expected);
    }

    @Test
    void framesWithLyingNumbersBehindRightChecksumsAreRefused() {
        // literals and matches longer than the block, the content or what a number holds; distances of 0 and before the begin
        refused("the block", new byte[] {(byte) 0xF0, -1, -1, -1, 0}, 100);
        refused("the block", ByteBuffer.allocate(200_000).put((byte) 0xF0).put(new byte[0]).array(), 100);
        byte[] endless = new byte[60_000];
        Arrays.fill(endless, (byte) 0xFF);
        refused("the block", endless, 100);
        refused("the block", new byte[] {0x10, 'a', 0, 0, 0x50, 1, 2, 3, 4, 5}, 100);
        refused("the block", new byte[] {0x10, 'a', 2, 0, 0x50, 1, 2, 3, 4, 5}, 100);
        refused("the block", new byte[] {0x1F, 'a', 1, 0, -1, -1, 5, 0x50, 1, 2, 3, 4, 5}, 100);
        refused("the block", new byte[] {0x1F, 'a', 1, 0}, 100);
        refused("the block", new byte[] {0x1F, 'a', 1}, 100);
        refused("the block", new byte[] {0x20, 'a'}, 100);
    }

    @Test
    void descriptorsOfOtherVersionsAndDictionariesAreRefused() {
        for (int flags : new int[] {0x00, 0x80, 0x61, 0x62}) {
            refused(frame(flags, 0x40, new byte[] {0x10, 'a'}), 1, "another version or a dictionary");
        }
        for (int descriptor : new int[] {0x30, 0xF0, 0x41}) {
            refused(frame(0x60, descriptor, new byte[] {0x10, 'a'}), 1, "another version or a dictionary");
        }
    }

    @Test
    void aBlockLongerThanItsFrameAllowsIsRefused() {
        byte[] noise = new byte[65_537];
        ByteBuffer frame = header(0x60, 0x40).putInt(noise.length | Integer.MIN_VALUE).put(noise).putInt(0);
        refused(Arrays.copyOf(frame.array(), frame.position()), noise.length, "at most 65536");
    }

    private void refused(String message, byte[] block, int length) {
        refused(frame(0x60, 0x40, block), length, block.length > 65_536 ? "at most 65536" : message);
    }

    private void refused(byte[] frame, int length, String message) {
        assertThatThrownBy(() -> Codecs.decompress(codec, frame, length)).isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }

    private static byte[] frame(int flags, int descriptor, byte[] block) {
        ByteBuffer frame = header(flags, descriptor).putInt(block.length).put(block).putInt(0);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static ByteBuffer header(int flags, int descriptor) {
        ByteBuffer frame = ByteBuffer.allocate(300_000).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(Lz4Frame.MAGIC).put((byte) flags).put((byte) descriptor);
        return frame.put(Lz4Frame.headerChecksum(frame, 4, 6));
    }

    private static byte[] readByCommons(byte[] stored) throws IOException {
        try (var in = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(stored))) {
            return in.readAllBytes();
        }
    }

    private static byte[] writtenByCommons(byte[] content, Parameters parameters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new FramedLZ4CompressorOutputStream(bytes, parameters)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
