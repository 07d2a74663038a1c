package org.imagingutility.files.ntfs.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uncompressed blocks, which wimlib never makes, but Windows does ([MS-PATCH] 2.3.1.3), and blocks that cannot be. */
class LzxTest {
    private static final byte[] TEXT = "What stands here is stored as it is.".getBytes(StandardCharsets.US_ASCII);

    private final Lzx lzx = new Lzx();

    @Test
    void copiesBlocksThatAreNotCompressed() throws CompressedDataException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        // of an odd number of bytes, so that one is padding
        stored(data, TEXT.length - 1, 1, TEXT, 0);
        data.write(0xAA);
        stored(data, 1, 9, TEXT, TEXT.length - 1);
        byte[] target = new byte[TEXT.length];
        lzx.decompress(data.toByteArray(), 0, data.size(), target, TEXT.length);
        assertThat(target).isEqualTo(TEXT);
    }

    /** The type, a bit that says "a size follows", 16 bits of it, 12 bits of padding; three distances; the bytes. */
    private static void stored(ByteArrayOutputStream data, int size, int distance, byte[] bytes, int from) {
        word(data, 3 << 13 | size >> 4);
        word(data, size << 12 & 0xFFFF);
        for (int i = 0; i < 3; i++) {
            word(data, distance);
            word(data, 0);
        }
        data.write(bytes, from, size);
    }

    private static void word(ByteArrayOutputStream data, int value) {
        data.write(value);
        data.write(value >> 8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, a block has the type 0",
        "4, 4, a block has the type 4",
        "3, 0, a block of 0 bytes where 4 are left",
        "3, 5, a block of 5 bytes where 4 are left"})
    void refusesBlocksThatCannotBe(int type, int size, String reason) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        word(data, type << 13 | size >> 4);
        word(data, size << 12 & 0xFFFF);
        data.writeBytes(new byte[100]);
        assertThat(refusal(data, 4)).hasMessage(reason);
    }

    @Test
    void refusesDistancesOfZero() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        stored(data, 4, 0, TEXT, 0);
        assertThat(refusal(data, 4)).hasMessage("a distance is 0");
    }

    private CompressedDataException refusal(ByteArrayOutputStream data, int length) {
        byte[] bytes = data.toByteArray();
        return catchThrowableOfType(CompressedDataException.class,
                () -> lzx.decompress(bytes, 0, bytes.length, new byte[length], length));
    }

    /** The first call is translated, the second one is too near to the end. */
    @Test
    void leavesCallsInTheLastTenBytesAlone() throws CompressedDataException {
        byte[] code = new byte[32];
        code[4] = (byte) 0xE8;
        code[5] = 0x20;
        code[21] = (byte) 0xE8;
        code[22] = 0x40;
        code[26] = (byte) 0xE8;
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        stored(data, code.length, 1, code, 0);
        byte[] target = new byte[code.length];
        lzx.decompress(data.toByteArray(), 0, data.size(), target, target.length);
        byte[] expected = code.clone();
        expected[5] = 0x20 - 4;
        expected[22] = 0x40 - 21;
        assertThat(target).isEqualTo(expected);
        byte[] shorter = new byte[31];
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        stored(cut, shorter.length, 1, code, 0);
        lzx.decompress(cut.toByteArray(), 0, cut.size(), shorter, shorter.length);
        expected[22] = 0x40;
        assertThat(shorter).isEqualTo(Arrays.copyOf(expected, 31));
    }
}
