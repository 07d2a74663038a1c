package org.imagingutility.fs.ext.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumsTest {

    @Test
    void crc32cIsThatOfTheStandardWithoutItsFinalInversion() {
        // the check value of CRC-32C is 0xE3069283
        assertThat(Checksums.plain(ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(~0xE3069283);
    }

    @Test
    void aSeedStandsForTheSumOfTheUuid() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            byte[] uuid = new byte[16];
            random.nextBytes(uuid);
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            Checksums byUuid = Checksums.of(true, uuid);
            Checksums bySeed = Checksums.seeded(Checksums.plain(ByteBuffer.wrap(uuid)));
            assertThat(bySeed.ofBitmap(ByteBuffer.wrap(bytes))).isEqualTo(byUuid.ofBitmap(ByteBuffer.wrap(bytes)));
            assertThat(bySeed.ofDescriptor(seed, ByteBuffer.wrap(bytes)))
                    .isEqualTo(byUuid.ofDescriptor(seed, ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void theChecksumOfADescriptorDoesNotCoverItself() {
        for (boolean crc32 : new boolean[] {true, false}) {
            Checksums checksums = Checksums.of(crc32, new byte[16]);
            ByteBuffer bytes = ByteBuffer.wrap(new byte[32]);
            int before = checksums.ofDescriptor(7, bytes);
            assertThat(checksums.ofDescriptor(7, bytes.putShort(0x1E, (short) 0x1234))).isEqualTo(before);
            assertThat(checksums.ofDescriptor(8, bytes)).isNotEqualTo(before);
            assertThat(checksums.ofDescriptor(7, bytes.putShort(0x10, (short) 1))).isNotEqualTo(before);
        }
    }
}
