package org.imagingutility.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

class ChunkPlannerTest {
    private static final int FRAME = 64 << 10;

    @Test
    void cutsAnExtentAtEachChunkBorder() throws ImagingException {
        List<ChunkPlan> chunks = plan(List.of(new Extent(FRAME, 5L * FRAME)), 100L * FRAME, 2L * FRAME);
        assertThat(chunks).extracting(ChunkPlan::deviceOffset).containsExactly(0L, 2L * FRAME, 4L * FRAME);
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.deviceLength()).isEqualTo(2L * FRAME));
        assertThat(chunks).extracting(chunk -> chunk.extents().totalLength())
                .containsExactly((long) FRAME, 2L * FRAME, 2L * FRAME);
    }

    @Test
    void leavesOutWhatLiesBehindTheLimit() throws ImagingException {
        List<ChunkPlan> chunks = plan(List.of(new Extent(0, 512), new Extent(1024, 4096), new Extent(9000, 100)), 2048,
                2L * FRAME);
        assertThat(chunks).hasSize(1);
        assertThat(chunks.get(0).deviceLength()).isEqualTo(2048);
        assertThat(chunks.get(0).extents().totalLength()).isEqualTo(512 + 1024);
    }

    @Test
    void makesNoChunkWhereNothingIsInUse() throws ImagingException {
        List<ChunkPlan> chunks = plan(List.of(new Extent(0, 512), new Extent(1L << 45, 512)), 1L << 46, 512L << 20);
        assertThat(chunks).extracting(ChunkPlan::deviceOffset).containsExactly(0L, 1L << 45);
    }

    @Test
    void endsAChunkEarlyAtAFrameBorderWhenItHasVeryManyExtents() throws ImagingException {
        int count = ChunkPlanner.MAX_EXTENTS + 5000;
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            extents.add(new Extent(i * 1024L, 512));
        }
        List<ChunkPlan> chunks = plan(extents, count * 1024L, 1L << 40);
        assertThat(chunks).hasSizeGreaterThan(1).allSatisfy(chunk -> {
            assertThat(chunk.extents().count()).isLessThanOrEqualTo(ChunkPlanner.MAX_EXTENTS);
            assertThat(chunk.deviceOffset() % FRAME).isZero();
        });
        assertThat(chunks.stream().mapToLong(chunk -> chunk.extents().count()).sum()).isEqualTo(count);
        for (int i = 1; i < chunks.size(); i++) {
            assertThat(chunks.get(i).deviceOffset())
                    .isEqualTo(chunks.get(i - 1).deviceOffset() + chunks.get(i - 1).deviceLength());
        }
    }

    @Test
    void boundsTheFramesOfAChunkWhateverTheChunkSize() throws ImagingException {
        long length = 3L * ChunkPlanner.MAX_FRAMES * FRAME;
        assertThat(plan(List.of(new Extent(0, length)), length, 1L << 40)).hasSize(3);
    }

    @Test
    void refusesExtentsOutOfOrder() {
        assertThatThrownBy(() -> plan(List.of(new Extent(4096, 4096), new Extent(0, 512)), 1 << 20, FRAME))
                .isInstanceOf(FileSystemException.class).hasMessageContaining("out of order");
    }

    @Test
    void framesAndTotalsAgreeWithANaiveModel() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long limit = 1 + random.nextInt(40 * FRAME);
            List<Extent> extents = randomExtents(random, 41L * FRAME);
            java.util.TreeSet<Long> windows = new java.util.TreeSet<>();
            long used = 0;
            for (Extent extent : extents) {
                long end = Math.min(extent.end(), limit);
                if (extent.offset() < end) {
                    used += end - extent.offset();
                    for (long w = extent.offset() / FRAME; w <= (end - 1) / FRAME; w++) {
                        windows.add(w);
                    }
                }
            }
            long chunkSize = (1L + random.nextInt(8)) * FRAME;
            PlanTotals totals = PlanTotals.of(planner(extents, limit, chunkSize), FRAME);
            assertThat(totals.usedBytes()).as("seed %d", seed).isEqualTo(used);
            assertThat(totals.frames()).as("seed %d", seed).isEqualTo(windows.size());
            List<Long> seen = new ArrayList<>();
            long seenBytes = 0;
            try (FrameTasks tasks = new FrameTasks(planner(extents, limit, chunkSize), FRAME, limit)) {
                for (FrameTask task = tasks.next(); task != null; task = tasks.next()) {
                    seen.add(task.frameIndex());
                    seenBytes += task.usedBytes();
                }
            }
            assertThat(seen).as("seed %d", seed).containsExactlyElementsOf(windows);
            assertThat(seenBytes).as("seed %d", seed).isEqualTo(used);
        }
    }

    static List<Extent> randomExtents(Random random, long end) {
        List<Extent> extents = new ArrayList<>();
        long at = random.nextInt(4) * 512L;
        while (at < end) {
            long length = 512L * (1 + random.nextInt(random.nextBoolean() ? 8 : 700));
            extents.add(new Extent(at, length));
            at += length + 512L * (1 + random.nextInt(random.nextBoolean() ? 4 : 900));
        }
        return extents;
    }

    private static ChunkPlanner planner(List<Extent> extents, long limit, long chunkSize) {
        return new ChunkPlanner("test", new ListCursor(extents), limit, FRAME, chunkSize);
    }

    private static List<ChunkPlan> plan(List<Extent> extents, long limit, long chunkSize) throws ImagingException {
        List<ChunkPlan> chunks = new ArrayList<>();
        try (ChunkPlanner planner = planner(extents, limit, chunkSize)) {
            for (ChunkPlan chunk = planner.next(); chunk != null; chunk = planner.next()) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }
}
