package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.serve.nbd.Handshake.ProtocolException;

/**
 * Reads the requests of one client and has them done ("Transmission phase"), several at a time; their replies are sent as they are ready.
 * For one thread.
 */
final class Transmission {
    /** What a request takes of the budget beside its data, bytes. */
    static final int OVERHEAD = 4096;
    /** Bytes in which the data of a write that is refused are passed over. */
    private static final int PASSED = 4096;

    private final Session session;
    private final ServedDevice device;
    private final Executor workers;
    private final Budget.Share share;
    private final Buffers buffers;
    private final Counters counters;
    private final RequestWork work;
    private final ByteBuffer head = ByteBuffer.allocateDirect(Request.LENGTH);
    /** Since when data are awaited that the client has announced; -1 if none are. */
    private volatile long awaitingSince = -1;

    Transmission(Session session, Executor workers, Budget.Share share, Buffers buffers, ReplyQueue replies, Counters counters) {
        this.session = session;
        this.device = session.device();
        this.workers = workers;
        this.share = share;
        this.buffers = buffers;
        this.counters = counters;
        this.work = new RequestWork(session, buffers, replies, counters);
    }

    /** Something that is done for a request, and answered. */
    @FunctionalInterface
    private interface Work {
        /** Does it; {@code done} is called when the answer is written, or never will be. */
        void run(Runnable done);
    }

    /**
     * Serves the client until it says that it is done, or the connection ends.
     *
     * @throws IOException if it ended otherwise, or what came was not the protocol
     */
    void run() throws IOException {
        while (true) {
            session.transport().read(head.clear());
            if (head.flip().getInt() != Nbd.REQUEST_MAGIC) {
                throw new ProtocolException("a request does not begin with its magic number");
            }
            Request request = Request.of(head);
            if (request.type() == Nbd.CMD_DISC || !accept(request)) {
                return;
            }
        }
    }

    /** Has a request done; false if the connection ended. */
    private boolean accept(Request request) throws IOException {
        counters.requests.increment();
        return switch (request.type()) {
            case Nbd.CMD_READ -> read(request);
            case Nbd.CMD_WRITE -> write(request);
            case Nbd.CMD_FLUSH -> checked(request, request.offset() == 0 && request.length() == 0 ? 0 : Nbd.EINVAL,
                    done -> work.flush(request, done));
            case Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> checked(request, changeError(request), done -> work.zero(request, done));
            case Nbd.CMD_CACHE -> checked(request, request.isInside(device.length()) ? 0 : Nbd.EINVAL, done -> work.cache(request, done));
            case Nbd.CMD_BLOCK_STATUS -> checked(request, session.allocation() && request.isInside(device.length()) ? 0 : Nbd.EINVAL,
                    done -> work.blockStatus(request, done));
            default -> checked(request, Nbd.EINVAL, null);
        };
    }

    private int changeError(Request request) {
        if (!device.writable()) {
            return Nbd.EPERM;
        }
        return request.isInside(device.length()) ? 0 : request.length() == 0 ? Nbd.EINVAL : Nbd.ENOSPC;
    }

    private boolean read(Request request) {
        boolean whole = request.has(Nbd.FLAG_DF);
        if (!request.isInside(device.length()) || request.length() > Nbd.MAX_PAYLOAD || whole && !session.structured()) {
            return checked(request, Nbd.EINVAL, null);
        }
        if (!session.structured() || whole) {
            return submit((int) request.length(), done -> work.readWhole(request, done));
        }
        RequestWork.Pieces pieces = work.pieces(request);
        for (long left = request.length(); left > 0; left -= Buffers.LARGEST) {
            long offset = request.offset() + request.length() - left;
            int bytes = (int) Math.min(Buffers.LARGEST, left);
            if (!submit(bytes, done -> work.readPiece(pieces, offset, bytes, done))) {
                return false;
            }
        }
        return true;
    }

    /** The data are taken piece by piece: a client that announces them and never sends them holds no more than one piece. */
    private boolean write(Request request) throws IOException {
        if (request.length() > Nbd.MAX_PAYLOAD) {
            // what follows cannot be told from the next request without reading all of it
            throw new ProtocolException("a write of " + request.length() + " bytes");
        }
        int error = changeError(request);
        if (error != 0) {
            passOver(request.length());
            return checked(request, error, null);
        }
        RequestWork.Writes writes = work.writes(request);
        for (long left = request.length(); left > 0; left -= Buffers.LARGEST) {
            if (!writePiece(writes, request.offset() + request.length() - left, (int) Math.min(Buffers.LARGEST, left))) {
                return false;
            }
        }
        return true;
    }

    private boolean writePiece(RequestWork.Writes writes, long offset, int bytes) throws IOException {
        long cost = OVERHEAD + (long) bytes;
        if (!share.take(cost)) {
            return false;
        }
        ByteBuffer[] data = new ByteBuffer[0];
        try {
            data = buffers.take(bytes);
            for (ByteBuffer each : data) {
                receive(each);
                each.flip();
            }
            ByteBuffer[] received = data;
            workers.execute(() -> work.writePiece(writes, offset, received, () -> {
                buffers.give(received);
                share.give(cost);
            }));
            return true;
        } catch (IOException | RuntimeException | Error e) {
            buffers.give(data);
            share.give(cost);
            throw e;
        }
    }

    private void passOver(long length) throws IOException {
        ByteBuffer[] passed = buffers.take((int) Math.min(PASSED, length));
        try {
            for (long left = length; left > 0; left -= PASSED) {
                for (ByteBuffer each : passed) {
                    receive(each.clear().limit((int) Math.min(PASSED, left)));
                }
            }
        } finally {
            buffers.give(passed);
        }
    }

    private void receive(ByteBuffer target) throws IOException {
        awaitingSince = System.nanoTime();
        session.transport().read(target);
        awaitingSince = -1;
    }

    /** Returns for how long the client has owed the rest of what it began to send, nanoseconds; 0 if it owes nothing. */
    long awaitingNanos(long now) {
        long since = awaitingSince;
        return since == -1 ? 0 : now - since;
    }

    /** Has something done, or answers by an error if there is one. */
    private boolean checked(Request request, int error, Work what) {
        return submit(0, error == 0 ? what : done -> work.error(request, error, done));
    }

    private boolean submit(int bytes, Work what) {
        long cost = OVERHEAD + (long) bytes;
        if (!share.take(cost)) {
            return false;
        }
        try {
            workers.execute(() -> what.run(() -> share.give(cost)));
        } catch (RuntimeException | Error e) {
            share.give(cost);
            throw e;
        }
        return true;
    }
}
