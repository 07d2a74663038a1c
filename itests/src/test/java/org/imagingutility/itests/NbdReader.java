package org.imagingutility.itests;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client of an NBD server that reads the default export, one request at a time. */
final class NbdReader implements Closeable {
    private static final long OPTION = 0x49484156454F5054L;
    private static final int EXPORT_NAME = 1;
    private static final int NO_ZEROES = 3;
    private static final int REQUEST = 0x25609513;
    private static final int REPLY = 0x67446698;
    private final SocketChannel channel;
    private long cookie;

    private NbdReader(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects. */
    static NbdReader connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            NbdReader reader = new NbdReader(channel);
            reader.receive(18);
            reader.send(ByteBuffer.allocate(20).putInt(NO_ZEROES).putLong(OPTION).putInt(EXPORT_NAME).putInt(0));
            reader.receive(10);
            return reader;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads.
     *
     * @throws IOException if the connection ended
     * @throws AssertionError if the server answered by an error
     */
    byte[] read(long offset, int length) throws IOException {
        cookie++;
        send(ByteBuffer.allocate(28).putInt(REQUEST).putInt(0).putLong(cookie).putLong(offset).putInt(length));
        ByteBuffer head = receive(16);
        int magic = head.getInt();
        int error = head.getInt();
        if (magic != REPLY || error != 0 || head.getLong() != cookie) {
            throw new AssertionError("bytes " + offset + "+" + length + ": error " + error);
        }
        return receive(length).array();
    }

    private void send(ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private ByteBuffer receive(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the server ended the connection");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
