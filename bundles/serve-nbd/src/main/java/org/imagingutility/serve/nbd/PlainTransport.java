package org.imagingutility.serve.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket as it is. */
final class PlainTransport implements Transport {
    private final SocketChannel channel;

    PlainTransport(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public void read(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("the connection was closed");
            }
        }
    }

    @Override
    public void write(ByteBuffer[] sources) throws IOException {
        ByteBuffer last = sources[sources.length - 1];
        while (last.hasRemaining()) {
            channel.write(sources);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
