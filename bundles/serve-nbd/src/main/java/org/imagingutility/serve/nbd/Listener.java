package org.imagingutility.serve.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedDevice;

/**
 * Takes connections and keeps an eye on them: one whose handshake takes too long, or whose client does not take what it asked for, is
 * ended. Closing ends all of them.
 */
final class Listener implements RunningServer {
    /** Threads that work for all connections: more than frames are decoded at once, since several requests wait for the same frame. */
    private static final int WORKERS = 32;
    private static final long IDLE_SECONDS = 10;
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_MILLIS = 500;
    /** Bytes of requests in work: of all connections, and of one. */
    static final long MOST_BYTES = 64L << 20;
    private static final long MOST_BYTES_OF_ONE = 8L << 20;
    private static final int MOST_REQUESTS_OF_ONE = 128;

    private final ServerSocketChannel channel;
    private final Closeable closing;
    private final List<String> addresses;
    private final int mostConnections;
    private final Exports exports;
    private final Optional<TlsContext> tls;
    private final ServeEvents events;
    private final Budget budget = new Budget(MOST_BYTES, MOST_BYTES_OF_ONE, MOST_REQUESTS_OF_ONE,
            Buffers.LARGEST + Transmission.OVERHEAD);
    private final Buffers buffers = new Buffers();
    private final Counters counters = new Counters();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;
    private final Thread acceptor = new Thread(this::accept, "nbd-accept");
    private final Thread watch = new Thread(this::watch, "nbd-watch");
    private volatile boolean closed;

    Listener(ListeningSocket socket, ServeSettings settings, List<ServedDevice> devices, Optional<TlsContext> tls, ServeEvents events) {
        this.channel = socket.channel();
        this.closing = socket.closing();
        this.addresses = socket.addresses();
        this.mostConnections = settings.connections();
        this.exports = new Exports(devices);
        this.tls = tls;
        this.events = events;
        this.workers = new ThreadPoolExecutor(WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "nbd-work");
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
    }

    Listener begin() {
        acceptor.setDaemon(true);
        watch.setDaemon(true);
        acceptor.start();
        watch.start();
        return this;
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public ServeStatistics statistics() {
        return counters.sum();
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel client = channel.accept();
                if (connections.size() >= mostConnections) {
                    client.close();
                    events.log("a connection was turned away: there are " + mostConnections + " already");
                    continue;
                }
                counters.connections.increment();
                Connection connection = new Connection(client, counters.connections.sum(), this);
                connections.add(connection);
                connection.start();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // no file handle or no memory left for one more: those there are continue
                System.getLogger(Listener.class.getName()).log(Level.WARNING, "a connection was not taken", e);
                LockSupport.parkNanos(BREATH_NANOS);
            }
        }
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            long now = System.nanoTime();
            for (Connection connection : connections) {
                connection.overdue(now).ifPresent(reason -> {
                    events.log(connection + " is ended: " + reason);
                    connection.end();
                });
            }
        }
    }

    Exports exports() {
        return exports;
    }

    Optional<TlsContext> tls() {
        return tls;
    }

    ServeEvents events() {
        return events;
    }

    Transmission transmission(Session session, Budget.Share share, ReplyQueue replies) {
        return new Transmission(session, workers, share, buffers, replies, counters);
    }

    Budget budget() {
        return budget;
    }

    void ended(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() throws ImagingException {
        closed = true;
        try {
            closing.close();
        } catch (IOException e) {
            throw new TargetException(addresses.get(0), -1, "cannot be removed: " + e.getMessage(), null, e);
        } finally {
            LockSupport.unpark(watch);
            join(acceptor);
            for (Connection connection : connections) {
                connection.end();
                join(connection.thread());
            }
            workers.shutdown();
            join(watch);
        }
    }

    private static void join(Thread thread) {
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
}
