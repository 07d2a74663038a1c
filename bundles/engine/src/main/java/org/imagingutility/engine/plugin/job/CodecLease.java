package org.imagingutility.engine.plugin.job;

import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.engine.plugin.PluginEntry;
import org.imagingutility.engine.plugin.PluginUse;
import org.imagingutility.engine.plugin.PluginUser;

/**
 * A compressor or decompressor of one thread, as long as its codec is there. Between frames the thread that takes the codec
 * away closes it, within a frame the thread it belongs to does so at the frame's end. Costs two atomic operations a frame.
 *
 * @param <T> compressor or decompressor
 */
final class CodecLease<T> implements PluginUser {
    private static final int FREE = 0;
    private static final int BUSY = 1;
    /** In a frame, and not to be used for another one. */
    private static final int LAST = 2;
    private static final int CLOSED = 3;

    private final SwapAwareMonitor monitor;
    private final SwappingCodec.Maker<T> maker;
    private final AtomicInteger state = new AtomicInteger(BUSY);
    private PluginUse<?> use;
    private T coder;

    /** Creates a lease that is in use, of nothing yet. */
    CodecLease(SwapAwareMonitor monitor, SwappingCodec.Maker<T> maker) {
        this.monitor = monitor;
        this.maker = maker;
    }

    /** Says what the codec is used by. Called once, in use. */
    void begin(PluginUse<?> leased) {
        use = leased;
    }

    /** Says what is leased. Called once, in use. */
    void begin(T made) {
        coder = made;
    }

    /** Begins a frame; false if the codec is gone. */
    boolean enter() {
        return state.compareAndSet(FREE, BUSY);
    }

    T coder() {
        return coder;
    }

    /** Says whether the codec is leaving, so that what fails in this frame may be no fault of the frame. */
    boolean last() {
        return state.get() == LAST;
    }

    /** Ends a frame. */
    void exit() {
        if (!state.compareAndSet(BUSY, FREE) && state.compareAndSet(LAST, CLOSED)) {
            end();
        }
    }

    /** Ends the lease; in the thread it belongs to, outside a frame. */
    void close() {
        if (state.compareAndSet(FREE, CLOSED)) {
            end();
        }
    }

    private void end() {
        T last = coder;
        coder = null;
        try {
            if (last != null) {
                maker.close(last);
            }
        } finally {
            if (use != null) {
                use.close();
                use = null;
            }
        }
    }

    @Override
    public String name() {
        return monitor.jobName();
    }

    @Override
    public void leaving(PluginEntry<?> entry) {
        // between the two, a frame may end or begin
        while (state.get() <= BUSY && !state.compareAndSet(BUSY, LAST)) {
            if (state.compareAndSet(FREE, CLOSED)) {
                end();
            }
        }
    }

    @Override
    public void overdue(PluginEntry<?> entry) {
        monitor.noticeLater(entry + " was stopped in the midst of a frame: if that fails, it is made again");
    }
}
