package org.imagingutility.file.io.windows;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads by a handle with {@code FILE_FLAG_NO_BUFFERING}: what the cache has and the medium not yet is written first, and bytes
 * come from the medium. Each read is a request of its own ({@code OVERLAPPED}), so threads do not wait for each other.
 */
public final class UncachedHandle implements Closeable {
    private static final int ERROR_HANDLE_EOF = 38;
    private static final int ERROR_IO_PENDING = 997;

    private final Kernel32 calls;
    private final long handle;
    private final Deque<Request> idle = new ArrayDeque<>();
    private boolean closed;

    private UncachedHandle(Kernel32 calls, long handle) {
        this.calls = calls;
        this.handle = handle;
    }

    /** Opens what stands under {@code path}; empty if Windows cannot be asked. */
    public static Optional<UncachedHandle> open(Path path) throws IOException {
        Kernel32 calls;
        try {
            calls = Kernel32.load();
        } catch (LinkageError e) {
            System.getLogger(UncachedHandle.class.getName()).log(System.Logger.Level.DEBUG, "no reads past the cache", e);
            return Optional.empty();
        }
        long handle = calls.open(path, Kernel32.GENERIC_READ, Kernel32.FILE_FLAG_NO_BUFFERING | Kernel32.FILE_FLAG_OVERLAPPED);
        return Optional.of(new UncachedHandle(calls, handle));
    }

    /**
     * Reads some of the bytes from {@code offset} on; place, length and memory are aligned to the sectors of the medium.
     *
     * @param target a direct buffer
     * @return how many, at least one; -1 if the file ends at or before {@code offset}
     * @throws IOException if Windows refuses
     */
    public int read(ByteBuffer target, long offset) throws IOException {
        if (!target.isDirect()) {
            throw new IllegalArgumentException("the buffer is not a direct one");
        }
        Request request = take();
        try {
            int count = request.read(target, offset);
            if (count > 0) {
                target.position(target.position() + count);
            }
            return count;
        } finally {
            giveBack(request);
        }
    }

    private synchronized Request take() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        Request request = idle.poll();
        return request != null ? request : new Request();
    }

    private synchronized void giveBack(Request request) throws IOException {
        if (closed) {
            request.close();
        } else {
            idle.push(request);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            calls.close(handle);
            while (!idle.isEmpty()) {
                idle.pop().close();
            }
        }
    }

    /** One read at a time, with what Windows needs for it: an OVERLAPPED of 32 bytes and an event. */
    private final class Request {
        private static final int OVERLAPPED_BYTES = 32;
        private static final int OFFSET = 16;
        private static final int EVENT = 24;

        private final Memory overlapped = new Memory(OVERLAPPED_BYTES);
        private final Memory transferred = new Memory(Integer.BYTES);
        private final long event;

        Request() throws IOException {
            event = calls.handle("CreateEventW", Pointer.NULL, 1, 0, Pointer.NULL);
        }

        int read(ByteBuffer target, long offset) throws IOException {
            overlapped.clear();
            overlapped.setLong(OFFSET, offset);
            overlapped.setLong(EVENT, event);
            Pointer at = Native.getDirectBufferPointer(target).share(target.position());
            int error = calls.tried("ReadFile", handle, at, target.remaining(), Pointer.NULL, overlapped);
            if (error == 0 || error == ERROR_IO_PENDING) {
                // waits: the buffer is Windows' until the request ended
                error = calls.tried("GetOverlappedResult", handle, overlapped, transferred, 1);
            }
            if (error == ERROR_HANDLE_EOF) {
                return -1;
            }
            if (error != 0) {
                throw WindowsException.of(null, error, calls);
            }
            int count = transferred.getInt(0);
            return count == 0 && target.hasRemaining() ? -1 : count;
        }

        void close() throws IOException {
            overlapped.close();
            transferred.close();
            calls.close(event);
        }
    }
}
