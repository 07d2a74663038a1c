package org.imagingutility.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterRunsTest {

    /** Clusters of 1000 bytes from byte 5000 on, told in pieces. */
    private record Told(BitSet inUse, long clusterCount, int piece) implements ClustersInUse {
        @Override
        public String fileSystem() {
            return "FS";
        }

        @Override
        public int clusterSize() {
            return 1000;
        }

        @Override
        public long firstClusterOffset() {
            return 5000;
        }

        @Override
        public long read(long firstCluster, ByteBuffer target) {
            long count = Math.min(Math.min(clusterCount - firstCluster, piece), 8L * target.remaining());
            for (long at = 0; at < count; at += 8) {
                int bits = 0;
                for (int bit = 0; bit < 8; bit++) {
                    // what lies behind the last cluster is anything
                    long cluster = firstCluster + at + bit;
                    bits |= cluster >= clusterCount || inUse.get((int) cluster) ? 1 << bit : 0;
                }
                target.put((byte) bits);
            }
            return count;
        }
    }

    private static List<long[]> expected(BitSet inUse, long count, long deviceLength) {
        BitSet bytes = new BitSet();
        bytes.set(0, 5000);
        for (int cluster = inUse.nextSetBit(0); cluster >= 0 && cluster < count; cluster = inUse.nextSetBit(cluster + 1)) {
            bytes.set(5000 + cluster * 1000, 5000 + (cluster + 1) * 1000);
        }
        bytes.set((int) (5000 + count * 1000), (int) deviceLength);
        List<long[]> extents = new ArrayList<>();
        for (int begin = bytes.nextSetBit(0); begin >= 0; begin = bytes.nextSetBit(bytes.nextClearBit(begin))) {
            extents.add(new long[] {begin, bytes.nextClearBit(begin)});
        }
        return extents;
    }

    private static List<long[]> found(Told told, long deviceLength) throws ImagingException {
        SystemCursor cursor = new SystemCursor(ClusterRuns.of("v", told).pass(), 5000, 1000, told.clusterCount(), deviceLength);
        List<long[]> extents = new ArrayList<>();
        while (cursor.next()) {
            extents.add(new long[] {cursor.offset(), cursor.offset() + cursor.length()});
        }
        assertThat(cursor.next()).isFalse();
        return extents;
    }

    @ParameterizedTest
    @CsvSource({"1,8,0", "7,8,1", "8,8,0", "9,8,300", "63,64,0", "64,64,0", "65,64,1", "1000,16,999", "1000,100000,0", "4099,1024,1"})
    void allThatIsInUseAndAllThatIsNoClusterIsFoundAndNothingElse(int count, int piece, int tail) throws ImagingException {
        long deviceLength = 5000 + count * 1000L + tail;
        Random random = new Random(count);
        for (int density = 0; density <= 10; density++) {
            BitSet inUse = new BitSet();
            for (int cluster = 0; cluster < count; cluster++) {
                inUse.set(cluster, random.nextInt(10) < density);
            }
            Told told = new Told(inUse, count, piece);
            assertThat(found(told, deviceLength)).usingRecursiveComparison().isEqualTo(expected(inUse, count, deviceLength));
            assertThat(ClusterRuns.of("v", told).used()).isEqualTo(inUse.cardinality());
        }
    }

    @Test
    void longRunsTakeFewBytesAndAreWhole() throws ImagingException {
        BitSet inUse = new BitSet();
        inUse.set(100_000, 400_000);
        assertThat(found(new Told(inUse, 500_000, 1 << 20), 5000 + 500_000_000L)).usingRecursiveComparison()
                .isEqualTo(List.of(new long[] {0, 5000}, new long[] {100_005_000, 400_005_000}));
    }

    @Test
    void moreRunsThanCanBeKeptAreAnError() {
        BitSet inUse = new BitSet();
        for (int cluster = 0; cluster < 1 << 20; cluster += 2) {
            inUse.set(cluster);
        }
        assertThatThrownBy(() -> ClusterRuns.of("v", new Told(inUse, 1 << 20, 1 << 20), 100_000)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("too many pieces");
    }
}
