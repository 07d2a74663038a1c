package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes the replies of one connection in the order in which they come, by a thread of its own, so that nobody else waits for the client.
 * Filled by several threads.
 */
final class ReplyQueue {
    private static final Reply END = new Reply(new ByteBuffer[0], () -> { });
    private final Transport transport;
    private final LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile long writingSince = -1;
    private volatile boolean broken;

    /**
     * Something to write.
     *
     * @param buffers its bytes
     * @param written what is done once they are written, or never will be
     */
    record Reply(ByteBuffer[] buffers, Runnable written) {
    }

    ReplyQueue(Transport transport, String name) {
        this.transport = transport;
        this.thread = new Thread(this::write, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Adds a reply; {@code written} is called in any case. */
    void add(ByteBuffer[] buffers, Runnable written) {
        replies.add(new Reply(buffers, written));
    }

    /** Returns how long the client has not taken what is being written, nanoseconds; 0 if nothing is. */
    long stuckNanos(long now) {
        long since = writingSince;
        return since == -1 ? 0 : now - since;
    }

    /** Writes what was added so far, unless the connection is broken, and ends the thread. */
    void finish() {
        replies.add(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        while (true) {
            Reply reply;
            try {
                reply = replies.take();
            } catch (InterruptedException e) {
                // nobody has reason to; what waits must be given back all the same
                continue;
            }
            if (reply == END) {
                return;
            }
            try {
                if (!broken) {
                    writingSince = System.nanoTime();
                    transport.write(reply.buffers);
                    writingSince = -1;
                }
            } catch (IOException | RuntimeException e) {
                broken();
            } finally {
                reply.written.run();
            }
        }
    }

    /** Ends the connection, which the thread that reads from it notices. */
    private void broken() {
        broken = true;
        writingSince = -1;
        try {
            transport.close();
        } catch (IOException e) {
            System.getLogger(ReplyQueue.class.getName()).log(System.Logger.Level.DEBUG, "closing a connection", e);
        }
    }
}
