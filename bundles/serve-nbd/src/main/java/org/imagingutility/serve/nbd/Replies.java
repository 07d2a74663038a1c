package org.imagingutility.serve.nbd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.api.serve.ServedRange;

/** Heads of replies ("Simple reply message", "Structured reply chunk message"). */
final class Replies {
    private static final int MAX_MESSAGE = 1024;

    private Replies() {
    }

    static ByteBuffer simple(Request request, int error) {
        return ByteBuffer.allocate(16).putInt(Nbd.SIMPLE_REPLY_MAGIC).putInt(error).putLong(request.cookie()).flip();
    }

    private static ByteBuffer chunk(Request request, int type, boolean done, int length, int more) {
        return ByteBuffer.allocate(20 + more).putInt(Nbd.STRUCTURED_REPLY_MAGIC).putShort((short) (done ? Nbd.REPLY_DONE : 0))
                .putShort((short) type).putLong(request.cookie()).putInt(length);
    }

    /** "NBD_REPLY_TYPE_OFFSET_DATA", without the data. */
    static ByteBuffer data(Request request, boolean done, long offset, int bytes) {
        return chunk(request, Nbd.REPLY_OFFSET_DATA, done, Long.BYTES + bytes, Long.BYTES).putLong(offset).flip();
    }

    /** "NBD_REPLY_TYPE_OFFSET_HOLE". */
    static ByteBuffer hole(Request request, boolean done, long offset, int bytes) {
        return chunk(request, Nbd.REPLY_OFFSET_HOLE, done, 12, 12).putLong(offset).putInt(bytes).flip();
    }

    /** "NBD_REPLY_TYPE_ERROR". */
    static ByteBuffer error(Request request, boolean done, int error, String message) {
        byte[] text = text(message);
        return chunk(request, Nbd.REPLY_ERROR, done, 6 + text.length, 6 + text.length).putInt(error).putShort((short) text.length)
                .put(text).flip();
    }

    /** "NBD_REPLY_TYPE_ERROR_OFFSET". */
    static ByteBuffer errorAt(Request request, boolean done, int error, String message, long offset) {
        byte[] text = text(message);
        return chunk(request, Nbd.REPLY_ERROR_OFFSET, done, 14 + text.length, 14 + text.length).putInt(error)
                .putShort((short) text.length).put(text).putLong(offset).flip();
    }

    /** "NBD_REPLY_TYPE_BLOCK_STATUS" of {@code base:allocation}. */
    static ByteBuffer blockStatus(Request request, List<ServedRange> ranges) {
        int bytes = Integer.BYTES + 2 * Integer.BYTES * ranges.size();
        ByteBuffer reply = chunk(request, Nbd.REPLY_BLOCK_STATUS, true, bytes, bytes).putInt(Session.ALLOCATION_ID);
        for (ServedRange range : ranges) {
            reply.putInt((int) range.length()).putInt(range.kind() == ServedRange.Kind.HOLE ? Nbd.STATE_HOLE | Nbd.STATE_ZERO : 0);
        }
        return reply.flip();
    }

    private static byte[] text(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return text.length <= MAX_MESSAGE ? text : message.substring(0, MAX_MESSAGE / 4).getBytes(StandardCharsets.UTF_8);
    }
}
