package org.imagingutility.allocator.btrfs.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTypeTest {

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Values that the reference implementation (xxhsum -H64) prints. */
    @ParameterizedTest
    @CsvSource({"'', ef46db3751d8e999", "a, d24ec4f1a98c6e5b", "abc, 44bc2cf5ad770999",
        "The quick brown fox jumps over the lazy dog, 0b242d361fda71bc"})
    void xxHash64IsThatOfItsReference(String text, String expected) {
        assertThat(HexFormat.of().toHexDigits(XxHash64.of(text(text)))).isEqualTo(expected);
    }

    /** RFC 7693, appendix A. */
    @Test
    void blake2bIsThatOfItsSpecification() {
        assertThat(HexFormat.of().formatHex(Blake2b.digest(text("abc"), 64))).isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e9"
                + "4c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    /** Bytes that count from 0 to 250, again and again, as Python's hashlib digests them. */
    @ParameterizedTest
    @CsvSource({"0, 0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
        "1, 03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314",
        "127, f2fe67ff342e21b8f45e8f2e0bcd1d9243245d50ee6c78042e9c491388791c72",
        "128, c3582f71ebb2be66fa5dd750f80baae97554f3b015663c8be377cfcb2488c1d1",
        "129, f7f3c46ba2564ff4c4c162da1f5b605f9f1c4aa6a20652a9f9a337c1a2f5b9c9",
        "255, d9ef0fc521b4266d16df662bec231bc2ec3989e7adeaf63169c295dc239dbbea",
        "256, 582f782226018ec33076bd8d1c42413530ac7e1126260ffc0f306ba3befc3f24",
        "257, 227e15ed64ee8e93eb7bc53828f76eed974f2c4ab1408c3d08f212b7f8d69904",
        "16352, f20cb2482133218f5d57a77f55a070f6865f083e66c1e2c493aa4119cba1a740"})
    void blake2bOf256BitsAroundWholeBlocks(int length, String expected) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        assertThat(HexFormat.of().formatHex(Blake2b.digest(ByteBuffer.wrap(bytes), 32))).isEqualTo(expected);
    }

    @Test
    void aTypeThatIsNotKnownIsNone() {
        assertThat(ChecksumType.of(4)).isEmpty();
        assertThat(ChecksumType.of(-1)).isEmpty();
    }
}
