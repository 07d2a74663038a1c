package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client that says what it is told to, right or wrong. For one thread. */
final class TestClient implements AutoCloseable {
    private ByteChannel channel;

    private TestClient(ByteChannel channel) {
        this.channel = channel;
    }

    /** Connects and says nothing. */
    static TestClient connect(Path socket) throws IOException {
        return new TestClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Connects and agrees upon fixed newstyle. */
    static TestClient greet(Path socket) throws IOException {
        return connect(socket).greeted();
    }

    /** Connects by TCP and agrees upon fixed newstyle. */
    static TestClient greet(URI address) throws IOException {
        return new TestClient(SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()))).greeted();
    }

    private TestClient greeted() throws IOException {
        TestClient client = this;
        ByteBuffer greeting = client.read(18);
        if (greeting.getLong() != Nbd.MAGIC || greeting.getLong() != Nbd.OPTION_MAGIC || greeting.getShort() != 3) {
            throw new AssertionError("no greeting");
        }
        client.send(ByteBuffer.allocate(4).putInt(3));
        return client;
    }

    /** Has all that is said from now on encrypted. */
    TestClient startTls(SSLContext context) throws IOException {
        List<Reply> replies = ask(Nbd.OPT_STARTTLS, new byte[0]);
        if (replies.get(0).type() != Nbd.REP_ACK) {
            throw new AssertionError("no TLS");
        }
        channel = TlsChannel.begin((SocketChannel) channel, context);
        return this;
    }

    /** Says that nothing follows. */
    void endOfAll() throws IOException {
        ((SocketChannel) channel).shutdownOutput();
    }

    /**
     * A reply to an option.
     *
     * @param type its type
     * @param data its data
     */
    record Reply(int type, byte[] data) {
        ByteBuffer buffer() {
            return ByteBuffer.wrap(data);
        }
    }

    /**
     * A reply in transmission: simple if {@code type} is -1.
     *
     * @param error of a simple reply
     * @param cookie of its request
     * @param flags of a structured one
     * @param type of a structured one
     * @param data its data
     */
    record Chunk(int error, long cookie, int flags, int type, byte[] data) {
        ByteBuffer buffer() {
            return ByteBuffer.wrap(data);
        }

        boolean done() {
            return type == -1 || (flags & Nbd.REPLY_DONE) != 0;
        }
    }

    void option(int option, byte[] data) throws IOException {
        send(ByteBuffer.allocate(16 + data.length).putLong(Nbd.OPTION_MAGIC).putInt(option).putInt(data.length).put(data));
    }

    /** Sends an option and returns all replies to it. */
    List<Reply> ask(int option, byte[] data) throws IOException {
        option(option, data);
        return replies(option);
    }

    List<Reply> replies(int option) throws IOException {
        List<Reply> replies = new ArrayList<>();
        while (true) {
            ByteBuffer head = read(20);
            if (head.getLong() != Nbd.OPTION_REPLY_MAGIC || head.getInt() != option) {
                throw new AssertionError("no reply to option " + option);
            }
            int type = head.getInt();
            replies.add(new Reply(type, read(head.getInt()).array()));
            if (type == Nbd.REP_ACK || type < 0) {
                return replies;
            }
        }
    }

    /** Returns the data of INFO and GO. */
    static byte[] named(String name, int... wanted) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer data = ByteBuffer.allocate(6 + bytes.length + 2 * wanted.length).putInt(bytes.length).put(bytes).putShort((short) wanted.length);
        for (int each : wanted) {
            data.putShort((short) each);
        }
        return data.array();
    }

    /** Returns the data of the options for metadata contexts. */
    static byte[] contexts(String name, String... queries) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer data = ByteBuffer.allocate(4096).putInt(bytes.length).put(bytes).putInt(queries.length);
        for (String query : queries) {
            data.putInt(query.length()).put(query.getBytes(StandardCharsets.UTF_8));
        }
        return java.util.Arrays.copyOf(data.array(), data.position());
    }

    /** Goes over to transmission, with structured replies and {@code base:allocation} if they are wanted. */
    TestClient go(String name, boolean structured) throws IOException {
        if (structured) {
            ask(Nbd.OPT_STRUCTURED_REPLY, new byte[0]);
            ask(Nbd.OPT_SET_META_CONTEXT, contexts(name, Nbd.BASE_ALLOCATION));
        }
        List<Reply> replies = ask(Nbd.OPT_GO, named(name));
        if (replies.get(replies.size() - 1).type() != Nbd.REP_ACK) {
            throw new AssertionError("refused");
        }
        return this;
    }

    void request(int flags, int type, long cookie, long offset, long length) throws IOException {
        send(ByteBuffer.allocate(28).putInt(Nbd.REQUEST_MAGIC).putShort((short) flags).putShort((short) type).putLong(cookie).putLong(offset)
                .putInt((int) length));
    }

    /** Returns the next reply; {@code bytes} are those that follow a simple one without error. */
    Chunk chunk(int bytes) throws IOException {
        int magic = read(4).getInt();
        if (magic == Nbd.SIMPLE_REPLY_MAGIC) {
            ByteBuffer head = read(12);
            int error = head.getInt();
            return new Chunk(error, head.getLong(), 0, -1, error == 0 ? read(bytes).array() : new byte[0]);
        }
        if (magic != Nbd.STRUCTURED_REPLY_MAGIC) {
            throw new AssertionError("no reply: " + Integer.toHexString(magic));
        }
        ByteBuffer head = read(16);
        int flags = head.getShort();
        int type = Short.toUnsignedInt(head.getShort());
        long cookie = head.getLong();
        return new Chunk(0, cookie, flags, type, read(head.getInt()).array());
    }

    void send(ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    ByteBuffer read(int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new java.io.EOFException();
            }
        }
        return target.flip();
    }

    /** Says whether the server has ended the connection; reads on to its end. */
    boolean isEnded() throws IOException {
        try {
            while (channel.read(ByteBuffer.allocate(4096)) >= 0) {
                continue;
            }
        } catch (IOException e) {
            return true;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
