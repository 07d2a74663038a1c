package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.common.SftpException;

/** One connection. Each step has its time; one that takes longer ends the connection for all. Used by several threads at once. */
final class Link {
    private final ClientSession session;
    private final AbstractSftpClient client;
    private final ScheduledExecutorService clock;
    private final Duration timeout;
    private volatile boolean late;

    Link(ClientSession session, AbstractSftpClient client, ScheduledExecutorService clock, Duration timeout) {
        this.session = session;
        this.client = client;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Something the server is asked. */
    @FunctionalInterface
    interface Step<T> {
        /** Asks. */
        T ask(AbstractSftpClient client) throws IOException;
    }

    /** Something the server is asked that has no answer but that it was done. */
    @FunctionalInterface
    interface Order {
        /** Asks. */
        void ask(AbstractSftpClient client) throws IOException;
    }

    /**
     * Asks the server.
     *
     * @throws SftpException if it refuses
     * @throws InterruptedIOException if the thread was interrupted
     * @throws IOException if the connection is of no use any more
     */
    <T> T step(Step<T> step) throws IOException {
        ScheduledFuture<?> end = clock.schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return step.ask(client);
        } catch (SftpException | InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // whatever the server sent that the library stumbles over is an error of the connection
            if (late) {
                SocketTimeoutException expired = new SocketTimeoutException("no answer within " + timeout.toSeconds() + " s");
                expired.initCause(e);
                throw expired;
            }
            throw e instanceof IOException failed ? failed : new IOException("the server sent what is not understood", e);
        } finally {
            end.cancel(false);
        }
    }

    void order(Order order) throws IOException {
        step(sftp -> {
            order.ask(sftp);
            return sftp;
        });
    }

    private void expire() {
        late = true;
        end();
    }

    boolean isOpen() {
        return client.isOpen() && session.isOpen();
    }

    /** Ends the connection at once; who waits for an answer fails. */
    void end() {
        session.close(true);
    }

    /** Says whether the server has an extension. */
    boolean has(String extension) {
        return client.getServerExtensions().containsKey(extension);
    }

    int version() {
        return client.getVersion();
    }
}
