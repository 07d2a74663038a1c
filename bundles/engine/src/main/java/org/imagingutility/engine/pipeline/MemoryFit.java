package org.imagingutility.engine.pipeline;

import java.util.Optional;
import org.imagingutility.api.error.UsageException;

/**
 * A pipeline cut to the memory there is: fewer workers and fewer frames do the same work.
 *
 * @param settings what is used
 * @param notice what the user is told, if it is less than was asked for
 */
record MemoryFit(PipelineSettings settings, Optional<String> notice) {
    /** Left to the rest of the process and the cache for the file that is written. */
    static final long RESERVED = 64L << 20;
    private static final long MIB = 1L << 20;

    /**
     * Cuts {@code wanted} to what {@code memory} has.
     *
     * @param workerMemory bytes that one worker takes beside its frame
     * @throws UsageException if there is no memory for one worker with one frame
     */
    static MemoryFit of(PipelineSettings wanted, long workerMemory, Memory memory) throws UsageException {
        long need = wanted.frameCount() * frame(wanted) + wanted.workers() * workerMemory;
        long free = memory.available().orElse(Long.MAX_VALUE);
        if (budget(free) < need) {
            memory.reclaim();
            free = memory.available().orElse(Long.MAX_VALUE);
        }
        return budget(free) >= need ? new MemoryFit(wanted, Optional.empty()) : cut(wanted, workerMemory, free);
    }

    private static long budget(long free) {
        return free - Math.min(RESERVED, free / 4);
    }

    private static long frame(PipelineSettings wanted) {
        return (long) wanted.contentSize() + wanted.storedSize();
    }

    private static MemoryFit cut(PipelineSettings wanted, long workerMemory, long free) throws UsageException {
        long frame = frame(wanted);
        if (frame + workerMemory > free) {
            throw new UsageException("memory is short: one frame with one worker takes " + mib(frame + workerMemory)
                    + ", " + free / MIB + " MiB can be had", "use a smaller --frame-size or a lower --level, or give the "
                    + "process more memory");
        }
        long budget = budget(free);
        int workers = wanted.workers();
        // a worker without a frame of its own beside the one being written would only wait
        while (workers > 1 && workers * workerMemory + Math.min(wanted.frameCount(), workers + 1) * frame > budget) {
            workers--;
        }
        int frames = (int) Math.max(1, Math.min(wanted.frameCount(), (budget - workers * workerMemory) / frame));
        return new MemoryFit(new PipelineSettings(wanted.maxReaders(), workers, frames, wanted.contentSize(),
                wanted.storedSize(), wanted.adaptive(), wanted.ownWorkers(), wanted.ownFrames()),
                Optional.of("memory is short (" + free / MIB + " MiB can be had): working with " + count(workers, "worker")
                        + " and " + count(frames, "frame") + " in flight instead of " + wanted.workers() + " and "
                        + wanted.frameCount()));
    }

    private static String mib(long bytes) {
        return (bytes + MIB - 1) / MIB + " MiB";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
