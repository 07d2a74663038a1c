package org.imagingutility.codec.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.gzip.GzipCodec;
import org.imagingutility.codec.compress.stream.HeapBudget;
import org.imagingutility.codec.compress.xz.XzCodec;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** Frames that are valid for their format but not what this program stores. */
class HostileFramesTest {
    @Test
    void anXzDictionaryLargerThanTheContentHasUseForIsRefusedBeforeMemoryIsTaken() throws Exception {
        byte[] content = Content.text(100_000, 1);
        LZMA2Options options = new LZMA2Options(6);
        options.setDictSize(64 << 20);
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (var out = new XZOutputStream(stored, options, XZ.CHECK_CRC32)) {
            out.write(content);
        }
        assertThatThrownBy(() -> Codecs.decompress(new XzCodec(), stored.toByteArray(), content.length))
                .isInstanceOf(CodecException.class).hasMessageContaining("emory");
    }

    @Test
    void bytesThatWouldBecomeGigabytesStopAtTheContentLength() throws Exception {
        byte[] zeros = new byte[32 << 20];
        for (var codec : Codecs.all().filter(codec -> !codec.name().equals("none")).toList()) {
            byte[] bomb = Codecs.compress(codec, zeros, codec.traits().minLevel());
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () ->
                    assertThatThrownBy(() -> Codecs.decompress(codec, bomb, 1000)).isInstanceOf(CodecException.class));
        }
    }

    @Test
    void twoFramesAndFramesWithBytesBehindThemAreRefused() throws Exception {
        byte[] half = Content.text(500, 1);
        for (var codec : Codecs.all().filter(codec -> !codec.name().equals("none")).toList()) {
            byte[] frame = Codecs.compress(codec, half);
            byte[] twice = ByteBuffer.allocate(2 * frame.length).put(frame).put(frame).array();
            assertThatThrownBy(() -> Codecs.decompress(codec, twice, 1000)).as(codec.name()).isInstanceOf(CodecException.class);
            byte[] padded = ByteBuffer.allocate(frame.length + 4).put(frame).array();
            assertThatThrownBy(() -> Codecs.decompress(codec, padded, 500)).as(codec.name()).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void theHeaderOfGzipDependsOnNothing() throws Exception {
        byte[] stored = Codecs.compress(new GzipCodec(), Content.text(500, 1));
        assertThat(ByteBuffer.wrap(stored, 0, 10).slice()).isEqualTo(ByteBuffer.wrap(
                new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF}));
    }

    @Test
    void aFrameThatNeedsMoreHeapThanThereIsSaysHowMuch() {
        HeapBudget budget = new HeapBudget("xz", 100L << 20);
        assertThatThrownBy(() -> budget.take(61L << 20, 4096)).isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("61 MiB of heap").hasMessageContaining("60 MiB");
    }

    @Test
    void framesThatHaveNoRoomTogetherWaitForEachOther() throws Exception {
        HeapBudget budget = new HeapBudget("xz", 100L << 20);
        int first = budget.take(40L << 20, 4096);
        Thread second = new Thread(() -> budget.giveBack(budget.take(40L << 20, 4096)));
        second.start();
        second.join(200);
        assertThat(second.isAlive()).isTrue();
        budget.giveBack(first);
        second.join(60_000);
        assertThat(second.isAlive()).isFalse();
    }
}
