package org.imagingutility.export.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Reads dynamic VHDX files by MS-VHDX, for tests: apart from the writer, and strict. */
final class VhdxReader {
    private static final String BAT = "6677c22d23f600429d64115e9bfd4a08";
    private static final String METADATA = "06a27c8b90479a4bb8fe575f050f886e";
    private static final String PARAMETERS = "3767a1ca36fa434db3b633f0aa44e76b";
    private static final String SIZE = "2442a52f1bcd7648b2115dbed83bf4b8";
    private static final String LOGICAL = "1dbf41816fa90947ba47f233a8faab5f";
    private static final String PHYSICAL = "c748a3cd5d44714 49cc9e9885251c556".replace(" ", "");
    private static final String ID = "ab12cabee6b22345 93efc309e000c746".replace(" ", "");

    private VhdxReader() {
    }

    /** Returns the sector size that the disk says it has. */
    static int sectorSize(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return file.getInt(items(file).get(LOGICAL));
    }

    static byte[] read(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(bytes, 0, 8, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("vhdxfile");
        assertThat(bytes.length % (1 << 20)).isZero();
        for (int header : new int[] {64 << 10, 128 << 10}) {
            sealed(file, header, 4096, "head");
            assertThat(file.getLong(header + 48)).as("log GUID").isZero();
            assertThat(file.getShort(header + 66)).as("version").isEqualTo((short) 1);
        }
        assertThat(file.getLong((64 << 10) + 8)).as("sequence numbers").isNotEqualTo(file.getLong((128 << 10) + 8));
        Map<String, Integer> items = items(file);
        assertThat(items.keySet()).containsExactlyInAnyOrder(PARAMETERS, SIZE, LOGICAL, PHYSICAL, ID);
        int blockSize = file.getInt(items.get(PARAMETERS));
        int sector = file.getInt(items.get(LOGICAL));
        byte[] disk = new byte[Math.toIntExact(file.getLong(items.get(SIZE)))];
        assertThat(disk.length % sector).isZero();
        long ratio = (1L << 23) * sector / blockSize;
        int bat = regions(file).get(BAT);
        for (int i = 0; (long) i * blockSize < disk.length; i++) {
            long entry = file.getLong(bat + (int) (i + i / ratio) * 8);
            if ((entry & 7) == 6) {
                long at = entry >>> 20 << 20;
                assertThat(at + blockSize).isLessThanOrEqualTo(bytes.length);
                System.arraycopy(bytes, (int) at, disk, i * blockSize, Math.min(blockSize, disk.length - i * blockSize));
            } else {
                assertThat(entry).isEqualTo(2);
            }
        }
        return disk;
    }

    private static Map<String, Integer> regions(ByteBuffer file) {
        sealed(file, 192 << 10, 64 << 10, "regi");
        sealed(file, 256 << 10, 64 << 10, "regi");
        Map<String, Integer> regions = new TreeMap<>();
        for (int i = 0; i < file.getInt((192 << 10) + 8); i++) {
            int at = (192 << 10) + 16 + 32 * i;
            assertThat(file.getLong(at + 16) % (1 << 20)).isZero();
            assertThat(file.getInt(at + 24) % (1 << 20)).isZero();
            regions.put(hex(file, at), (int) file.getLong(at + 16));
        }
        return regions;
    }

    private static Map<String, Integer> items(ByteBuffer file) {
        int table = regions(file).get(METADATA);
        assertThat(file.getLong(table)).isEqualTo(0x617461646174656DL);
        Map<String, Integer> items = new TreeMap<>();
        for (int i = 0; i < file.getShort(table + 10); i++) {
            int at = table + 32 + 32 * i;
            assertThat(file.getInt(at + 16)).isGreaterThanOrEqualTo(64 << 10);
            items.put(hex(file, at), table + file.getInt(at + 16));
        }
        return items;
    }

    private static void sealed(ByteBuffer file, int at, int length, String signature) {
        byte[] structure = new byte[length];
        file.get(at, structure);
        assertThat(new String(structure, 0, 4, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo(signature);
        ByteBuffer.wrap(structure).putInt(4, 0);
        CRC32C crc = new CRC32C();
        crc.update(structure);
        assertThat(file.getInt(at + 4)).as("CRC-32C at %d", at).isEqualTo((int) crc.getValue());
    }

    private static String hex(ByteBuffer file, int at) {
        byte[] id = new byte[16];
        file.get(at, id);
        return HexFormat.of().formatHex(id);
    }
}
