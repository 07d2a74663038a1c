package org.imagingutility.engine.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The processors and the memory that all pipelines of one engine share. Each has a {@link Share}: workers are divided
 * among those that have work for them, memory for frames evenly, and what one leaves the others get. Each may always have
 * one worker and two frames, so that all get on; so there are as many workers as processors, or as pipelines if those are
 * more, and the memory is one budget and two frames for each pipeline at the most. A pipeline whose user said how many
 * workers or frames it should have keeps these, and the others share what is left. Shares change when a pipeline comes,
 * goes or changes its need, never for a frame. Used by several threads at once.
 */
public final class SharedResources implements AutoCloseable {
    /** Bytes for frames unless the user asks for more: keeps the whole process below 256 MiB on any resources. */
    static final long BUDGET = 96L << 20;
    static final int LEAST_FRAMES = 2;
    private static final long IDLE_MILLIS = 30_000;

    private final int processors;
    private final long budget;
    private final Memory memory;
    private final IdleBuffers idle;
    private final List<Share> shares = new ArrayList<>();
    private long granted;

    /** Creates what the pipelines of this process share. */
    public SharedResources() {
        this(Runtime.getRuntime().availableProcessors(), BUDGET, new ProcessMemory(), IDLE_MILLIS);
    }

    SharedResources(int processors, long budget, Memory memory, long idleMillis) {
        this.processors = processors;
        this.budget = budget;
        this.memory = memory;
        this.idle = new IdleBuffers(budget, idleMillis, memory::reclaim);
    }

    /** Returns the memory that a new pipeline can have: what is kept for the next one is as good as free. */
    Memory memory() {
        return new Memory() {
            @Override
            public OptionalLong available() {
                OptionalLong left = memory.available();
                return left.isEmpty() ? left : OptionalLong.of(left.getAsLong() + idle.bytes());
            }

            @Override
            public void reclaim() {
                idle.clear();
                memory.reclaim();
            }

            @Override
            public ByteBuffer allocate(int bytes) {
                ByteBuffer kept = idle.take(bytes);
                if (kept != null) {
                    return kept;
                }
                try {
                    return memory.allocate(bytes);
                } catch (OutOfMemoryError e) {
                    if (idle.bytes() == 0) {
                        throw e;
                    }
                    reclaim();
                    return memory.allocate(bytes);
                }
            }
        };
    }

    /** Lets a pipeline in. */
    Share enter(PipelineSettings settings) {
        Share share = new Share(settings);
        synchronized (this) {
            shares.add(share);
            divide();
        }
        return share;
    }

    /** Gives back all memory that is kept for later pipelines. Those that run go on. */
    @Override
    public void close() {
        idle.close();
    }

    /** Returns the bytes of all frames there are. */
    synchronized long frameBytes() {
        return granted;
    }

    /** Divides again. Only with the lock. */
    private void divide() {
        int spare = processors;
        int sharing = 0;
        for (Share share : shares) {
            share.workers = share.ownWorkers ? share.most : Math.min(1, share.most);
            spare -= share.need == 0 ? 0 : share.workers;
            sharing += share.ownWorkers || share.need == 0 ? 0 : 1;
        }
        // one more for each in turn, as long as there is one who needs it
        for (boolean took = sharing > 0; took && spare > 0;) {
            took = false;
            for (Share share : shares) {
                if (spare > 0 && !share.ownWorkers && share.workers < Math.min(share.need, share.most)) {
                    share.workers++;
                    spare--;
                    took = true;
                }
            }
        }
        divideMemory();
    }

    /** Those that need least first, so that the others get what these leave. */
    private void divideMemory() {
        long left = budget;
        List<Share> sharing = new ArrayList<>();
        for (Share share : shares) {
            if (share.ownFrames) {
                share.frames = share.mostFrames;
                left -= share.frames * share.frameBytes;
            } else {
                sharing.add(share);
            }
        }
        sharing.sort(Comparator.comparingLong(share -> share.mostFrames * share.frameBytes));
        int rest = sharing.size();
        for (Share share : sharing) {
            long fitting = left / rest-- / share.frameBytes;
            share.frames = (int) Math.max(LEAST_FRAMES, Math.min(share.mostFrames, fitting));
            left -= share.frames * share.frameBytes;
        }
    }

    /** What one pipeline may have now. */
    final class Share implements AutoCloseable {
        private final boolean ownFrames;
        private final long frameBytes;
        private boolean ownWorkers;
        private int most;
        private int mostFrames;
        private int need;
        private int made;
        private volatile int workers;
        private volatile int frames;

        private Share(PipelineSettings settings) {
            ownWorkers = settings.ownWorkers();
            ownFrames = settings.ownFrames();
            most = settings.workers();
            mostFrames = settings.frameCount();
            need = most;
            frameBytes = (long) settings.contentSize() + settings.storedSize();
        }

        /** Returns how many workers it may have at work. */
        int workers() {
            return workers;
        }

        /** Returns how many frames it may have; those it has more it should give back. */
        int frames() {
            return frames;
        }

        /** Says how many workers it has work for, 0 while it holds. */
        void need(int count) {
            synchronized (SharedResources.this) {
                if (count != need) {
                    need = count;
                    divide();
                }
            }
        }

        /** Says that its user wants it to have so many workers, and it that many frames. */
        void own(int workerCount, int frameCount) {
            synchronized (SharedResources.this) {
                ownWorkers = true;
                most = workerCount;
                need = workerCount;
                mostFrames = Math.max(mostFrames, frameCount);
                divide();
            }
        }

        /** Takes leave to make one more frame; false if others have not given back yet what is its share. */
        boolean mayMake() {
            synchronized (SharedResources.this) {
                if (!ownFrames && made >= LEAST_FRAMES && granted + frameBytes > budget) {
                    return false;
                }
                made++;
                granted += frameBytes;
                return true;
            }
        }

        /** Says that it has one frame less. */
        void gaveBack() {
            synchronized (SharedResources.this) {
                made--;
                granted -= frameBytes;
            }
        }

        /** Keeps a buffer of a frame that was given back for whoever needs one next. */
        void keep(ByteBuffer buffer) {
            idle.recycle(buffer);
        }

        /** Leaves. All frames must have been given back. */
        @Override
        public void close() {
            synchronized (SharedResources.this) {
                shares.remove(this);
                if (!shares.isEmpty()) {
                    divide();
                }
            }
        }
    }
}
