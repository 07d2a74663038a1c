package org.imagingutility.engine.jobs;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One end of a control connection: one line of JSON each way, {@link #LONGEST} bytes at most, and all of it within a time, so
 * that a peer that says nothing, or does not stop, holds nobody up. Used by one thread.
 */
final class ControlLine implements Closeable {
    /** A status with the names of a device and an image is some hundred bytes; names are at most 4 KiB each, escaped. */
    static final int LONGEST = 64 << 10;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;

    /** Takes {@code channel}, which is closed with this, also if that fails. */
    ControlLine(SocketChannel channel, Duration patience) throws IOException {
        this.channel = channel;
        this.deadline = System.nanoTime() + patience.toNanos();
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    void write(byte[] line) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(line);
        while (rest.hasRemaining()) {
            if (channel.write(rest) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Reads up to the end of the line or of the stream. */
    byte[] read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (true) {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                return line.toByteArray();
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
            for (int i = 0; i < count; i++) {
                if (buffer.get(i) == '\n') {
                    return line.toByteArray();
                }
                line.write(buffer.get(i));
            }
            if (line.size() > LONGEST) {
                throw new IOException("the message is longer than " + LONGEST + " bytes");
            }
        }
    }

    private void await(int operation) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        channel.register(selector, operation);
        if (millis <= 0 || selector.select(millis) == 0 && System.nanoTime() - deadline >= 0) {
            throw new SocketTimeoutException("it does not answer");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
