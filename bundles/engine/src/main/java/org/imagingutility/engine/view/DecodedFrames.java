package org.imagingutility.engine.view;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.engine.frames.FrameBuffers;

/**
 * The decoded frames used last, of all images that are served, also which of them turned out to be damaged. A frame that several threads
 * want is decoded by one of them; the others wait for it. Buffers are made when they are needed and go round; together they have no more
 * bytes than the budget, but there may always be two frames. Used by several threads at once; the lock is held for look-ups, never while
 * a frame is decoded or copied.
 */
final class DecodedFrames {
    /** However small the budget: so that one frame can be copied from while the next one is decoded. */
    private static final int LEAST_FRAMES = 2;
    private static final int MOST_PROBLEMS = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashMap<Key, Frame> frames = new LinkedHashMap<>(64, 0.75f, true);
    private final LinkedHashMap<Key, String> problems = new LinkedHashMap<>();
    private final Map<Integer, ArrayDeque<ByteBuffer>> spare = new HashMap<>();
    private long budget;
    private long bytes;
    private long decoded;

    /** Creates an empty cache of at most {@code budget} bytes. */
    DecodedFrames(long budget) {
        this.budget = budget;
    }

    /**
     * Names a frame.
     *
     * @param image number of the image, of all that are served
     * @param frameIndex number of the frame
     */
    record Key(int image, long frameIndex) {
    }

    /** Decodes a frame. */
    @FunctionalInterface
    interface Loader {
        /** Fills {@code content}; returns what does not hold, if something does not. */
        Optional<String> load(ByteBuffer content) throws ImagingException;
    }

    /** A frame in use: it stays as it is until {@link #release}. */
    static final class Frame {
        private final Key key;
        private final ByteBuffer content;
        private boolean loading = true;
        private int users = 1;

        private Frame(Key key, ByteBuffer content) {
            this.key = key;
            this.content = content;
        }

        /** Returns a view of the content of the caller's own, from byte 0 of the frame on. */
        ByteBuffer content() {
            return content.duplicate().clear();
        }
    }

    /** Returns a frame that is there, in use; null if it is not. */
    Frame find(Key key) {
        lock.lock();
        try {
            Frame frame = frames.get(key);
            if (frame == null || frame.loading) {
                return null;
            }
            frame.users++;
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Says whether a frame is there or being decoded, or is known to be damaged. */
    boolean has(Key key) {
        lock.lock();
        try {
            return frames.containsKey(key) || problems.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a frame, in use; the caller releases it.
     *
     * @param frameSize bytes of a frame of that image
     * @param loader decodes it, if nobody has
     * @throws DamagedFrameException if it is damaged
     */
    Frame use(Key key, int frameSize, Loader loader) throws ImagingException, DamagedFrameException {
        Frame made = found(key, frameSize);
        if (!made.loading) {
            return made;
        }
        Optional<String> problem = Optional.empty();
        boolean done = false;
        try {
            problem = loader.load(made.content);
            done = true;
        } finally {
            loaded(made, done && problem.isEmpty(), problem);
        }
        if (problem.isPresent()) {
            throw new DamagedFrameException(problem.get());
        }
        return made;
    }

    /** Reads something, unless it is known to be damaged. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws ImagingException;
    }

    /** Returns what {@code reading} gives, unless {@code key} is remembered as damaged. */
    <T> T orDamaged(Key key, Reading<T> reading) throws ImagingException, DamagedFrameException {
        lock.lock();
        try {
            String problem = problems.get(key);
            if (problem != null) {
                throw new DamagedFrameException(problem);
            }
        } finally {
            lock.unlock();
        }
        return reading.read();
    }

    /** Remembers that something is damaged. */
    void remember(Key key, String problem) {
        lock.lock();
        try {
            if (problems.size() >= MOST_PROBLEMS) {
                problems.remove(problems.keySet().iterator().next());
            }
            problems.put(key, problem);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a use. */
    void release(Frame frame) {
        lock.lock();
        try {
            frame.users--;
            if (frame.users == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many frames were decoded so far. */
    long decodedCount() {
        lock.lock();
        try {
            return decoded;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the bytes of all buffers there are. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the frame, in use: one that is there, or a new one that is {@code loading} and the caller's to decode. */
    private Frame found(Key key, int frameSize) throws DamagedFrameException, MemoryException {
        lock.lock();
        try {
            while (true) {
                String problem = problems.get(key);
                if (problem != null) {
                    throw new DamagedFrameException(problem);
                }
                Frame frame = frames.get(key);
                if (frame != null && !frame.loading) {
                    frame.users++;
                    return frame;
                }
                if (frame == null) {
                    ByteBuffer buffer = buffer(frameSize);
                    if (buffer != null) {
                        Frame made = new Frame(key, buffer);
                        frames.put(key, made);
                        return made;
                    }
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void loaded(Frame frame, boolean sound, Optional<String> problem) {
        lock.lock();
        try {
            frame.loading = false;
            decoded++;
            if (!sound) {
                frames.remove(frame.key);
                spare.computeIfAbsent(frame.content.capacity(), size -> new ArrayDeque<>()).add(frame.content);
            }
            problem.ifPresent(reason -> remember(frame.key, reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a buffer for one more frame; null if all are in use. Only with the lock. */
    private ByteBuffer buffer(int size) throws MemoryException {
        ArrayDeque<ByteBuffer> fitting = spare.get(size);
        if (fitting != null && !fitting.isEmpty()) {
            return fitting.poll();
        }
        while (true) {
            while (bytes + size > budget && frames.size() + spareCount() >= LEAST_FRAMES) {
                ByteBuffer old = oldest();
                if (old == null) {
                    return null;
                }
                if (old.capacity() == size) {
                    return old;
                }
                bytes -= old.capacity();
            }
            try {
                ByteBuffer made = FrameBuffers.aligned(size);
                bytes += size;
                return made;
            } catch (OutOfMemoryError e) {
                if (bytes == 0 || budget == bytes) {
                    throw new MemoryException(e);
                }
                // those there are must do
                budget = bytes;
            }
        }
    }

    private int spareCount() {
        int count = 0;
        for (ArrayDeque<ByteBuffer> each : spare.values()) {
            count += each.size();
        }
        return count;
    }

    /** Takes a buffer from the frame that was not used for the longest time, or one that is spare; null if all are in use. */
    private ByteBuffer oldest() {
        for (ArrayDeque<ByteBuffer> each : spare.values()) {
            if (!each.isEmpty()) {
                return each.poll();
            }
        }
        for (Iterator<Frame> all = frames.values().iterator(); all.hasNext();) {
            Frame frame = all.next();
            if (frame.users == 0 && !frame.loading) {
                all.remove();
                return frame.content;
            }
        }
        return null;
    }
}
