package org.imagingutility.serve.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/** A TCP socket under TLS, by the JDK's JSSE. */
final class TlsTransport implements Transport {
    private static final int PIECE = 16 << 10;
    private final SocketChannel channel;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] incoming = new byte[PIECE];
    private final byte[] outgoing = new byte[PIECE];

    private TlsTransport(SocketChannel channel, SSLSocket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Begins TLS on a connection and waits for its handshake ("OPT_STARTTLS").
     *
     * @throws IOException if the other side proves nothing that is accepted, or breaks off
     */
    static TlsTransport begin(SocketChannel channel, TlsContext tls) throws IOException {
        SSLSocket socket = tls.wrap(channel.socket());
        try {
            socket.startHandshake();
            return new TlsTransport(channel, socket);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns who the other side proved to be; empty if it need not. */
    String peer() {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void read(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            int bytes = in.read(incoming, 0, Math.min(PIECE, target.remaining()));
            if (bytes < 0) {
                throw new EOFException("the connection was closed");
            }
            target.put(incoming, 0, bytes);
        }
    }

    @Override
    public void write(ByteBuffer[] sources) throws IOException {
        int used = 0;
        for (ByteBuffer source : sources) {
            while (source.hasRemaining()) {
                int bytes = Math.min(PIECE - used, source.remaining());
                source.get(outgoing, used, bytes);
                used += bytes;
                if (used == PIECE) {
                    out.write(outgoing, 0, used);
                    used = 0;
                }
            }
        }
        out.write(outgoing, 0, used);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        // SSLSocket.close would wait for whoever writes, to send its own word of farewell
        channel.close();
    }
}
