package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.serve.nbd.OptionData.InvalidOptionException;

/**
 * Agrees with a client upon an export ("Fixed newstyle negotiation", "Option haggling"). With TLS nothing is told before it ("FORCEDTLS
 * mode"). What it reads is bounded; the time it takes is bounded by who started it. For one thread.
 */
final class Handshake {
    private static final int MAX_DATA = 64 << 10;
    /** Data of an option that are too long are passed over up to this; longer ones end the connection. */
    private static final long MAX_PASSED_OVER = 16L << 20;
    private static final int MOST_OPTIONS = 1000;
    private static final int ZEROES = 124;
    private static final int PREFERRED = 4096;

    private final Exports exports;
    private final Optional<TlsContext> tls;
    private final SocketChannel channel;
    private Transport transport;
    private boolean encrypted;
    private boolean noZeroes;
    private boolean structured;
    /** The export for which {@code base:allocation} was asked, if one was. */
    private Optional<String> allocation = Optional.empty();
    private boolean ended;

    /** Creates it for a connection. */
    Handshake(Exports exports, Optional<TlsContext> tls, SocketChannel channel, Transport transport) {
        this.exports = exports;
        this.tls = tls;
        this.channel = channel;
        this.transport = transport;
    }

    /** The other side keeps no rule of the protocol: the connection is ended. */
    static final class ProtocolException extends IOException {
        private static final long serialVersionUID = 1L;

        ProtocolException(String reason) {
            super(reason);
        }
    }

    /**
     * Runs it.
     *
     * @return what was agreed upon; empty if the client only looked
     * @throws IOException if the connection ended, or what came was not the protocol
     */
    Optional<Session> run() throws IOException {
        write(ByteBuffer.allocate(18).putLong(Nbd.MAGIC).putLong(Nbd.OPTION_MAGIC)
                .putShort((short) (Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES)));
        int flags = read(Integer.BYTES).getInt();
        if ((flags & ~(Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES)) != 0) {
            throw new ProtocolException("unknown client flags " + Integer.toHexString(flags));
        }
        noZeroes = (flags & Nbd.FLAG_NO_ZEROES) != 0;
        for (int i = 0; i < MOST_OPTIONS; i++) {
            Optional<Session> session = option();
            if (session.isPresent() || ended) {
                return session;
            }
        }
        throw new ProtocolException("more than " + MOST_OPTIONS + " options");
    }

    private Optional<Session> option() throws IOException {
        ByteBuffer head = read(16);
        if (head.getLong() != Nbd.OPTION_MAGIC) {
            throw new ProtocolException("an option does not begin with IHAVEOPT");
        }
        int option = head.getInt();
        long length = Integer.toUnsignedLong(head.getInt());
        if (length > MAX_DATA) {
            passOver(option, length);
            return Optional.empty();
        }
        OptionData data = new OptionData(read((int) length));
        if (tls.isPresent() && !encrypted && option != Nbd.OPT_STARTTLS && option != Nbd.OPT_ABORT) {
            if (option == Nbd.OPT_EXPORT_NAME) {
                throw new ProtocolException("an export was asked for without TLS");
            }
            error(option, Nbd.REP_ERR_TLS_REQD, "this server demands TLS");
            return Optional.empty();
        }
        try {
            return answer(option, data);
        } catch (InvalidOptionException e) {
            if (option == Nbd.OPT_EXPORT_NAME) {
                throw new ProtocolException(e.getMessage());
            }
            error(option, Nbd.REP_ERR_INVALID, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Session> answer(int option, OptionData data) throws IOException, InvalidOptionException {
        switch (option) {
            case Nbd.OPT_EXPORT_NAME:
                return exportName(data);
            case Nbd.OPT_ABORT:
                reply(option, Nbd.REP_ACK, new byte[0]);
                ended = true;
                break;
            case Nbd.OPT_LIST:
                data.end();
                list();
                break;
            case Nbd.OPT_STARTTLS:
                data.end();
                startTls();
                break;
            case Nbd.OPT_INFO, Nbd.OPT_GO:
                return info(option, data);
            case Nbd.OPT_STRUCTURED_REPLY:
                data.end();
                structured = true;
                reply(option, Nbd.REP_ACK, new byte[0]);
                break;
            case Nbd.OPT_LIST_META_CONTEXT, Nbd.OPT_SET_META_CONTEXT:
                metaContext(option, data);
                break;
            default:
                error(option, Nbd.REP_ERR_UNSUP, "option " + Integer.toUnsignedString(option) + " is not known");
        }
        return Optional.empty();
    }

    /** "OPT_EXPORT_NAME": there is no way to refuse but to end the connection. */
    private Optional<Session> exportName(OptionData data) throws IOException, InvalidOptionException {
        String name = data.rest();
        ServedDevice device = exports.find(name).orElseThrow(() -> new ProtocolException("there is no export \"" + name + "\""));
        ByteBuffer reply = ByteBuffer.allocate(10 + (noZeroes ? 0 : ZEROES)).putLong(device.length())
                .putShort((short) Session.flags(device, structured));
        write(reply.position(reply.capacity()));
        return Optional.of(session(name, device));
    }

    private Session session(String name, ServedDevice device) {
        return new Session(transport, device, structured, structured && allocation.equals(Optional.of(name)));
    }

    private void list() throws IOException {
        for (ServedDevice device : exports.all()) {
            byte[] name = utf8(device.name());
            byte[] description = utf8(device.description());
            reply(Nbd.OPT_LIST, Nbd.REP_SERVER, ByteBuffer.allocate(Integer.BYTES + name.length + description.length)
                    .putInt(name.length).put(name).put(description).array());
        }
        reply(Nbd.OPT_LIST, Nbd.REP_ACK, new byte[0]);
    }

    /** "OPT_STARTTLS": what was agreed upon before counts no more. */
    private void startTls() throws IOException {
        if (encrypted) {
            error(Nbd.OPT_STARTTLS, Nbd.REP_ERR_INVALID, "TLS has begun already");
        } else if (tls.isEmpty()) {
            error(Nbd.OPT_STARTTLS, Nbd.REP_ERR_UNSUP, "this server has no certificate");
        } else {
            reply(Nbd.OPT_STARTTLS, Nbd.REP_ACK, new byte[0]);
            transport = TlsTransport.begin(channel, tls.get());
            encrypted = true;
            structured = false;
            allocation = Optional.empty();
        }
    }

    /** "OPT_INFO" and "OPT_GO". */
    private Optional<Session> info(int option, OptionData data) throws IOException, InvalidOptionException {
        String name = data.string();
        List<Integer> wanted = data.shorts();
        Optional<ServedDevice> found = exports.find(name);
        if (found.isEmpty()) {
            error(option, Nbd.REP_ERR_UNKNOWN, "there is no export \"" + name + "\"");
            return Optional.empty();
        }
        ServedDevice device = found.get();
        reply(option, Nbd.REP_INFO, ByteBuffer.allocate(12).putShort((short) Nbd.INFO_EXPORT).putLong(device.length())
                .putShort((short) Session.flags(device, structured)).array());
        if (wanted.contains(Nbd.INFO_NAME)) {
            text(option, Nbd.INFO_NAME, device.name());
        }
        if (wanted.contains(Nbd.INFO_DESCRIPTION)) {
            text(option, Nbd.INFO_DESCRIPTION, device.description());
        }
        if (wanted.contains(Nbd.INFO_BLOCK_SIZE)) {
            // a client that has sectors of 512 bytes would not understand what is on a disk with longer ones
            int least = device.sectorSize() > 512 && device.length() % device.sectorSize() == 0 ? device.sectorSize() : 1;
            reply(option, Nbd.REP_INFO, ByteBuffer.allocate(14).putShort((short) Nbd.INFO_BLOCK_SIZE).putInt(least)
                    .putInt(Math.max(PREFERRED, least)).putInt(Nbd.MAX_PAYLOAD).array());
        }
        reply(option, Nbd.REP_ACK, new byte[0]);
        return option == Nbd.OPT_GO ? Optional.of(session(name, device)) : Optional.empty();
    }

    private void text(int option, int kind, String text) throws IOException {
        byte[] bytes = utf8(text);
        reply(option, Nbd.REP_INFO, ByteBuffer.allocate(Short.BYTES + bytes.length).putShort((short) kind).put(bytes).array());
    }

    /** "OPT_LIST_META_CONTEXT" and "OPT_SET_META_CONTEXT". */
    private void metaContext(int option, OptionData data) throws IOException, InvalidOptionException {
        boolean set = option == Nbd.OPT_SET_META_CONTEXT;
        String name = data.string();
        List<String> queries = data.strings();
        if (set) {
            allocation = Optional.empty();
            if (!structured) {
                error(option, Nbd.REP_ERR_INVALID, "structured replies must be agreed upon first");
                return;
            }
        }
        if (exports.find(name).isEmpty()) {
            error(option, Nbd.REP_ERR_UNKNOWN, "there is no export \"" + name + "\"");
            return;
        }
        boolean wanted = queries.contains(Nbd.BASE_ALLOCATION) || !set && (queries.isEmpty() || queries.contains("base:"));
        if (wanted) {
            byte[] context = utf8(Nbd.BASE_ALLOCATION);
            // of a list, the id says nothing
            reply(option, Nbd.REP_META_CONTEXT, ByteBuffer.allocate(Integer.BYTES + context.length)
                    .putInt(set ? Session.ALLOCATION_ID : 0).put(context).array());
            if (set) {
                allocation = Optional.of(name);
            }
        }
        reply(option, Nbd.REP_ACK, new byte[0]);
    }

    private void passOver(int option, long length) throws IOException {
        if (length > MAX_PASSED_OVER || option == Nbd.OPT_EXPORT_NAME) {
            throw new ProtocolException("an option with " + length + " bytes of data");
        }
        for (long left = length; left > 0;) {
            left -= read((int) Math.min(MAX_DATA, left)).capacity();
        }
        error(option, Nbd.REP_ERR_TOO_BIG, "data of an option have at most " + MAX_DATA + " bytes");
    }

    private void error(int option, int type, String message) throws IOException {
        byte[] text = utf8(message);
        reply(option, type, text.length <= Nbd.MAX_STRING ? text : new byte[0]);
    }

    private void reply(int option, int type, byte[] data) throws IOException {
        write(ByteBuffer.allocate(20 + data.length).putLong(Nbd.OPTION_REPLY_MAGIC).putInt(option).putInt(type).putInt(data.length)
                .put(data));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        transport.read(buffer);
        return buffer.flip();
    }

    private void write(ByteBuffer buffer) throws IOException {
        transport.write(new ByteBuffer[] {buffer.flip()});
    }
}
