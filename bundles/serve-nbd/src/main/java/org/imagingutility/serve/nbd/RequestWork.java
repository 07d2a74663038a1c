package org.imagingutility.serve.nbd;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedRange;

/** Does what a client asks of its device, and answers. Nothing escapes from here: whatever fails is an error of the protocol. For several threads. */
final class RequestWork {
    /** Shorter reads are done as they are: to ask whether nothing is stored there costs as much. */
    private static final int WORTH_ASKING = 32 << 10;
    private static final int MOST_RANGES = 1024;

    private final ServedDevice device;
    private final boolean structured;
    private final Buffers buffers;
    private final ReplyQueue replies;
    private final Counters counters;

    RequestWork(Session session, Buffers buffers, ReplyQueue replies, Counters counters) {
        this.device = session.device();
        this.structured = session.structured();
        this.buffers = buffers;
        this.replies = replies;
        this.counters = counters;
    }

    /** Returns what the pieces of a read of more than one buffer have in common. */
    Pieces pieces(Request request) {
        return new Pieces(request);
    }

    /** The pieces of a read that are still to be answered: the answer to the last one says that it is. */
    final class Pieces {
        private final Request request;
        private long left;

        private Pieces(Request request) {
            this.request = request;
            this.left = (request.length() + Buffers.LARGEST - 1) / Buffers.LARGEST;
        }

        private interface Head {
            ByteBuffer of(boolean last);
        }

        /** In one step with the count: no answer may follow that to the last one. */
        private synchronized void answer(Head head, ByteBuffer[] data, Runnable done) {
            left--;
            ByteBuffer[] reply = new ByteBuffer[1 + data.length];
            reply[0] = head.of(left == 0);
            System.arraycopy(data, 0, reply, 1, data.length);
            replies.add(reply, () -> {
                buffers.give(data);
                done.run();
            });
        }
    }

    void readPiece(Pieces pieces, long offset, int bytes, Runnable done) {
        ByteBuffer[] data = new ByteBuffer[0];
        try {
            if (bytes >= WORTH_ASKING) {
                ServedRange range = device.range(offset, bytes);
                if (range.kind() == ServedRange.Kind.HOLE && range.length() == bytes) {
                    counters.bytesRead.add(bytes);
                    pieces.answer(last -> Replies.hole(pieces.request, last, offset, bytes), data, done);
                    return;
                }
            }
            data = buffers.take(bytes);
            read(offset, data);
        } catch (ImagingException | RuntimeException | Error e) {
            buffers.give(data);
            counters.errors.increment();
            long at = e instanceof DeviceException known && known.offset() >= offset && known.offset() < offset + bytes ? known.offset()
                    : offset;
            pieces.answer(last -> Replies.errorAt(pieces.request, last, code(e), String.valueOf(e.getMessage()), at), new ByteBuffer[0], done);
            return;
        }
        counters.bytesRead.add(bytes);
        pieces.answer(last -> Replies.data(pieces.request, last, offset, bytes), data, done);
    }

    /** Reads all before anything is sent: the head of the only reply says whether it failed. */
    void readWhole(Request request, Runnable done) {
        ByteBuffer[] data = new ByteBuffer[0];
        try {
            data = buffers.take((int) request.length());
            read(request.offset(), data);
        } catch (ImagingException | RuntimeException | Error e) {
            buffers.give(data);
            failed(request, e, done);
            return;
        }
        counters.bytesRead.add(request.length());
        ByteBuffer[] reply = new ByteBuffer[1 + data.length];
        reply[0] = structured ? Replies.data(request, true, request.offset(), (int) request.length()) : Replies.simple(request, 0);
        System.arraycopy(data, 0, reply, 1, data.length);
        ByteBuffer[] content = data;
        replies.add(reply, () -> {
            buffers.give(content);
            done.run();
        });
    }

    private void read(long offset, ByteBuffer[] data) throws ImagingException {
        long at = offset;
        for (ByteBuffer each : data) {
            device.read(at, each);
            at += each.flip().remaining();
        }
    }

    private interface Call {
        void run() throws ImagingException;
    }

    private void call(Request request, Runnable done, Call call) {
        try {
            call.run();
        } catch (ImagingException | RuntimeException | Error e) {
            failed(request, e, done);
            return;
        }
        replies.add(new ByteBuffer[] {Replies.simple(request, 0)}, done);
    }

    /** Returns what the pieces of a write have in common. */
    Writes writes(Request request) {
        return new Writes(request);
    }

    /** The pieces of a write: whoever does the last one answers, by the first error if there was one. */
    static final class Writes {
        private final Request request;
        private long left;
        private Throwable failure;

        private Writes(Request request) {
            this.request = request;
            this.left = (request.length() + Buffers.LARGEST - 1) / Buffers.LARGEST;
        }

        /** Ends a piece; says whether it was the last one. */
        private synchronized boolean ended(Throwable error) {
            if (failure == null) {
                failure = error;
            }
            left--;
            return left == 0;
        }

        private synchronized Throwable failure() {
            return failure;
        }
    }

    void writePiece(Writes writes, long offset, ByteBuffer[] data, Runnable done) {
        Throwable error = null;
        try {
            long at = offset;
            for (ByteBuffer each : data) {
                int bytes = each.remaining();
                device.write(at, each);
                at += bytes;
            }
        } catch (ImagingException | RuntimeException | Error e) {
            error = e;
        }
        if (!writes.ended(error)) {
            done.run();
        } else if (writes.failure() != null) {
            failed(writes.request, writes.failure(), done);
        } else {
            call(writes.request, done, () -> {
                flushIf(writes.request);
                counters.bytesWritten.add(writes.request.length());
            });
        }
    }

    void zero(Request request, Runnable done) {
        call(request, done, () -> {
            device.zero(request.offset(), request.length());
            flushIf(request);
        });
    }

    private void flushIf(Request request) throws ImagingException {
        if (request.has(Nbd.FLAG_FUA)) {
            device.flush();
        }
    }

    void flush(Request request, Runnable done) {
        call(request, done, device::flush);
    }

    void cache(Request request, Runnable done) {
        call(request, done, () -> device.prefetch(request.offset(), request.length()));
    }

    /** "NBD_CMD_BLOCK_STATUS": as much as fits into one reply; the client asks again for the rest. */
    void blockStatus(Request request, Runnable done) {
        List<ServedRange> ranges = new ArrayList<>();
        try {
            int most = request.has(Nbd.FLAG_REQ_ONE) ? 1 : MOST_RANGES;
            for (long at = 0; at < request.length() && ranges.size() < most;) {
                ServedRange range = device.range(request.offset() + at, request.length() - at);
                at += range.length();
                ServedRange before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
                if (before != null && before.kind() == range.kind()) {
                    ranges.set(ranges.size() - 1, new ServedRange(before.length() + range.length(), range.kind()));
                } else {
                    ranges.add(range);
                }
            }
        } catch (ImagingException | RuntimeException | Error e) {
            failed(request, e, done);
            return;
        }
        replies.add(new ByteBuffer[] {Replies.blockStatus(request, ranges)}, done);
    }

    private void failed(Request request, Throwable e, Runnable done) {
        error(request, code(e), String.valueOf(e.getMessage()), done);
    }

    /** Answers by an error. */
    void error(Request request, int error, Runnable done) {
        error(request, error, error == Nbd.EPERM ? "the export is read only" : "the request makes no sense", done);
    }

    private void error(Request request, int error, String message, Runnable done) {
        counters.errors.increment();
        replies.add(new ByteBuffer[] {structured ? Replies.error(request, true, error, message) : Replies.simple(request, error)}, done);
    }

    private static int code(Throwable e) {
        if (e instanceof CancelledException) {
            return Nbd.ESHUTDOWN;
        }
        if (e instanceof MemoryException || e instanceof OutOfMemoryError) {
            return Nbd.ENOMEM;
        }
        if (e instanceof TargetException && e.getCause() != null && String.valueOf(e.getCause().getMessage()).contains("No space left")) {
            return Nbd.ENOSPC;
        }
        if (!(e instanceof ImagingException)) {
            System.getLogger(RequestWork.class.getName()).log(Level.WARNING, "a request failed", e);
        }
        return Nbd.EIO;
    }
}
