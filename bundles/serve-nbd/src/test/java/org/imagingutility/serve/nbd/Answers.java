package org.imagingutility.serve.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Reads all that a server says until it ends the connection, and holds every word of it to the protocol. */
final class Answers {
    private static final Set<Integer> OPTION_ERRORS = Set.of(Nbd.REP_ERR_UNSUP, Nbd.REP_ERR_INVALID, Nbd.REP_ERR_UNKNOWN, Nbd.REP_ERR_TOO_BIG);
    private static final Set<Integer> ERRORS = Set.of(Nbd.EPERM, Nbd.EIO, Nbd.ENOMEM, Nbd.EINVAL, Nbd.ENOSPC, Nbd.ESHUTDOWN);

    private final TestClient client;
    private final boolean named;
    private final int simpleData;

    /**
     * Reads the answers to a client.
     *
     * @param named whether it asked by EXPORT_NAME, whose answer has no head
     * @param simpleData bytes that follow a simple reply without an error
     */
    Answers(TestClient client, boolean named, int simpleData) {
        this.client = client;
        this.named = named;
        this.simpleData = simpleData;
    }

    /** Reads to the end; fails if anything is no word of the protocol, or is cut off. */
    void toTheEnd() throws IOException {
        for (int first = firstByte(); first >= 0; first = firstByte()) {
            switch (first) {
                case 0x00 -> optionReplyOrExport();
                case 0x67 -> simple();
                case 0x66 -> chunk();
                default -> throw new AssertionError("a message begins with 0x" + Integer.toHexString(first));
            }
        }
    }

    private int firstByte() throws IOException {
        try {
            return client.read(1).get() & 0xFF;
        } catch (EOFException e) {
            return -1;
        }
    }

    private void optionReplyOrExport() throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(8).put((byte) 0).put(client.read(7)).flip();
        long word = rest.getLong();
        if (word != Nbd.OPTION_REPLY_MAGIC) {
            expect(named && word == FakeDevice.LENGTH, "neither a reply to an option nor a length: 0x" + Long.toHexString(word));
            client.read(2);
            return;
        }
        ByteBuffer head = client.read(12);
        head.getInt();
        int type = head.getInt();
        int length = head.getInt();
        expect(length >= 0 && length <= 1 << 16, "a reply with " + length + " bytes");
        expect(type > 0 && type <= Nbd.REP_META_CONTEXT || OPTION_ERRORS.contains(type), "a reply of type 0x" + Integer.toHexString(type));
        client.read(length);
    }

    private void simple() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(16).put((byte) 0x67).put(client.read(15)).flip();
        expect(head.getInt() == Nbd.SIMPLE_REPLY_MAGIC, "no simple reply");
        int error = head.getInt();
        expect(error == 0 || ERRORS.contains(error), "error " + error);
        if (error == 0) {
            client.read(simpleData);
        }
    }

    private void chunk() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(20).put((byte) 0x66).put(client.read(19)).flip();
        expect(head.getInt() == Nbd.STRUCTURED_REPLY_MAGIC, "no structured reply");
        int flags = head.getShort();
        int type = Short.toUnsignedInt(head.getShort());
        head.getLong();
        int length = head.getInt();
        expect(flags == 0 || flags == Nbd.REPLY_DONE, "flags " + flags);
        expect(length >= 0 && length <= Nbd.MAX_PAYLOAD + Long.BYTES, "a chunk of " + length + " bytes");
        ByteBuffer data = client.read(length);
        switch (type) {
            case Nbd.REPLY_NONE -> expect(length == 0, "a chunk of no type with data");
            case Nbd.REPLY_OFFSET_DATA -> inside(data.getLong(), data.remaining());
            case Nbd.REPLY_OFFSET_HOLE -> inside(data.getLong(), data.getInt());
            case Nbd.REPLY_BLOCK_STATUS -> expect(data.getInt() == Session.ALLOCATION_ID && data.remaining() % 8 == 0 && data.hasRemaining(),
                    "a status of " + length + " bytes");
            case Nbd.REPLY_ERROR, Nbd.REPLY_ERROR_OFFSET -> {
                int error = data.getInt();
                expect(ERRORS.contains(error), "error " + error);
                int text = data.getShort();
                expect(data.remaining() == text + (type == Nbd.REPLY_ERROR ? 0 : Long.BYTES), "a text of " + text + " bytes in " + length);
            }
            default -> throw new AssertionError("a chunk of type " + type);
        }
    }

    private static void inside(long offset, long length) {
        expect(offset >= 0 && length > 0 && offset + length <= FakeDevice.LENGTH, "bytes " + offset + "+" + length);
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("the server said what the protocol does not know: " + what);
        }
    }
}
