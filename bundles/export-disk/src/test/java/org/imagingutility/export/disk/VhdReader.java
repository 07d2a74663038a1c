package org.imagingutility.export.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** Reads VHD files by the specification, for tests: apart from the writer, and strict. */
final class VhdReader {
    private VhdReader() {
    }

    static byte[] read(byte[] file) {
        ByteBuffer footer = ByteBuffer.wrap(file, file.length - 512, 512).slice();
        assertThat(text(footer, 0, 8)).isEqualTo("conectix");
        assertThat(footer.getInt(64)).isEqualTo(checksum(footer, 64));
        byte[] disk = new byte[Math.toIntExact(footer.getLong(48))];
        assertThat(footer.getLong(40)).isEqualTo(disk.length);
        if (footer.getInt(60) == 2) {
            assertThat(footer.getLong(16)).isEqualTo(-1);
            assertThat(file.length).isEqualTo(disk.length + 512);
            System.arraycopy(file, 0, disk, 0, disk.length);
            return disk;
        }
        assertThat(footer.getInt(60)).isEqualTo(3);
        assertThat(ByteBuffer.wrap(file, 0, 512)).isEqualTo(footer);
        ByteBuffer header = ByteBuffer.wrap(file, (int) footer.getLong(16), 1024).slice();
        assertThat(text(header, 0, 8)).isEqualTo("cxsparse");
        assertThat(header.getInt(36)).isEqualTo(checksum(header, 36));
        int block = header.getInt(32);
        int table = (int) header.getLong(16);
        assertThat((long) header.getInt(28) * block).isGreaterThanOrEqualTo(disk.length);
        for (int i = 0; i < header.getInt(28); i++) {
            int sector = ByteBuffer.wrap(file).getInt(table + i * 4);
            if (sector != -1) {
                int bitmap = sector * 512;
                int data = bitmap + block / 512 / 8;
                assertThat(data + block).isLessThanOrEqualTo(file.length - 512);
                for (int s = 0; s < block / 512 && i * block + s * 512 < disk.length; s++) {
                    if ((file[bitmap + s / 8] >> 7 - s % 8 & 1) != 0) {
                        System.arraycopy(file, data + s * 512, disk, i * block + s * 512, 512);
                    }
                }
            }
        }
        return disk;
    }

    private static String text(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static int checksum(ByteBuffer structure, int at) {
        int sum = 0;
        for (int i = 0; i < structure.capacity(); i++) {
            sum += i >= at && i < at + 4 ? 0 : structure.get(i) & 0xFF;
        }
        return ~sum;
    }
}
