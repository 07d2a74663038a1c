package org.imagingutility.export.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** Reads qcow2 files without any feature by docs/interop/qcow2, for tests: apart from the writer, and strict. */
final class Qcow2Reader {
    private static final long OFFSET = 0x00FF_FFFF_FFFF_FE00L;

    private Qcow2Reader() {
    }

    static byte[] read(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        assertThat(file.getInt(0)).isEqualTo(0x514649FB);
        assertThat(file.getInt(4)).isEqualTo(3);
        int cluster = 1 << file.getInt(20);
        byte[] disk = new byte[Math.toIntExact(file.getLong(24))];
        int[] used = new int[bytes.length / cluster];
        assertThat(bytes.length % cluster).isZero();
        used[0]++;
        int l1 = (int) file.getLong(40);
        int l1Entries = file.getInt(36);
        use(used, l1, l1Entries * 8, cluster);
        int at = 0;
        for (int i = 0; i < l1Entries; i++) {
            int l2 = (int) (file.getLong(l1 + 8 * i) & OFFSET);
            if (l2 != 0) {
                use(used, l2, cluster, cluster);
            }
            for (int j = 0; j < cluster / 8 && at < disk.length; j++, at += cluster) {
                int data = l2 == 0 ? 0 : (int) (file.getLong(l2 + 8 * j) & OFFSET);
                if (data != 0) {
                    use(used, data, cluster, cluster);
                    System.arraycopy(bytes, data, disk, at, Math.min(cluster, disk.length - at));
                }
            }
        }
        assertThat(at).isGreaterThanOrEqualTo(disk.length);
        refcounts(file, used, cluster);
        return disk;
    }

    private static void refcounts(ByteBuffer file, int[] used, int cluster) {
        int table = (int) file.getLong(48);
        int tableLength = file.getInt(56) * cluster;
        use(used, table, tableLength, cluster);
        for (int i = 0; i < tableLength / 8; i++) {
            if (file.getLong(table + 8 * i) != 0) {
                use(used, (int) file.getLong(table + 8 * i), cluster, cluster);
            }
        }
        int perBlock = cluster / 2;
        for (int i = 0; i < used.length; i++) {
            int block = (int) file.getLong(table + 8 * (i / perBlock));
            assertThat((int) file.getShort(block + 2 * (i % perBlock))).as("refcount of cluster %d", i).isEqualTo(used[i])
                    .isEqualTo(1);
        }
    }

    private static void use(int[] used, int offset, int length, int cluster) {
        assertThat(offset % cluster).isZero();
        for (int i = offset / cluster; i <= (offset + length - 1) / cluster; i++) {
            used[i]++;
        }
    }
}
