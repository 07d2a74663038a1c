package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** One client, from its first byte to its last. Whatever it does, nobody else notices. */
final class Connection {
    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** How long a client may leave what it asked for untaken, and what it announced unsent. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final SocketChannel channel;
    private final long number;
    private final Listener listener;
    private final Budget.Share share;
    private final Thread thread;
    private final long since = System.nanoTime();
    private volatile Transmission transmission;
    private volatile ReplyQueue replies;

    Connection(SocketChannel channel, long number, Listener listener) {
        this.channel = channel;
        this.number = number;
        this.listener = listener;
        this.share = listener.budget().new Share();
        this.thread = new Thread(this::run, "nbd-client-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    /** Says why the connection is to be ended, if it is. */
    Optional<String> overdue(long now) {
        Transmission current = transmission;
        if (current == null && now - since > HANDSHAKE_NANOS) {
            return Optional.of("it did not ask for an export within " + TimeUnit.NANOSECONDS.toSeconds(HANDSHAKE_NANOS) + " seconds");
        }
        if (current != null && current.awaitingNanos(now) > STUCK_NANOS) {
            return Optional.of("it did not send what it began to send within " + TimeUnit.NANOSECONDS.toSeconds(STUCK_NANOS) + " seconds");
        }
        ReplyQueue queue = replies;
        return queue != null && queue.stuckNanos(now) > STUCK_NANOS ? Optional.of("it did not take what it asked for within "
                + TimeUnit.NANOSECONDS.toSeconds(STUCK_NANOS) + " seconds") : Optional.empty();
    }

    /** Ends it. What is in work for it is done, and answered to nobody. */
    void end() {
        share.close();
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(Connection.class.getName()).log(Level.DEBUG, "closing a connection", e);
        }
    }

    private void run() {
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            Optional<Session> session = new Handshake(listener.exports(), listener.tls(), channel, new PlainTransport(channel)).run();
            if (session.isPresent()) {
                transmit(session.get());
            }
        } catch (Handshake.ProtocolException | SSLException e) {
            listener.events().log(this + " is ended: " + e.getMessage());
        } catch (IOException e) {
            // it went, or was ended: who ended it said so
            System.getLogger(Connection.class.getName()).log(Level.TRACE, "a connection ended", e);
        } catch (RuntimeException | Error e) {
            listener.events().log(this + " broke: " + e);
        } finally {
            end();
            listener.ended(this);
        }
    }

    private void transmit(Session session) throws IOException {
        ReplyQueue queue = new ReplyQueue(session.transport(), "nbd-reply-" + number);
        queue.start();
        replies = queue;
        transmission = listener.transmission(session, share, queue);
        listener.events().log(this + " uses \"" + session.device().name() + "\"");
        try {
            transmission.run();
        } finally {
            // what was asked for before is answered, if anybody still listens
            share.awaitIdle();
            queue.finish();
        }
    }

    @Override
    public String toString() {
        return "nbd connection " + number;
    }
}
