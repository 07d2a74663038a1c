package org.imagingutility.serve.nbd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages of clients, field by field: as they should be, and with each field replaced by each number that is worth a try. */
final class Messages {
    private static final String READ = "read";
    private static final String WRITTEN = "written";

    private Messages() {
    }

    /**
     * A field with a number in it.
     *
     * @param name for messages
     * @param bytes its length: 2, 4 or 8
     * @param value what it should hold
     */
    record Field(String name, int bytes, long value) {
        List<Long> others() {
            List<Long> others = new ArrayList<>();
            for (long each : new long[] {0, 1, value + 1, value - 1, 0x10001, FakeDevice.LENGTH, FakeDevice.LENGTH + 1, Nbd.MAX_PAYLOAD + 1, 1L << 31,
                0xFFFFFFFFL, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
                long cut = bytes == 8 ? each : each & (1L << bytes * 8) - 1;
                if (cut != value && !others.contains(cut)) {
                    others.add(cut);
                }
            }
            return others;
        }
    }

    /**
     * A message: fields and what follows them.
     *
     * @param name for messages
     * @param fields its numbers and texts, in order: {@link Field} or a byte array
     */
    record Message(String name, List<Object> fields) {
        /** Returns it with field {@code changed} holding {@code value}; -1 for none. */
        byte[] with(int changed, long value) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i) instanceof Field field) {
                    put(bytes, field.bytes, i == changed ? value : field.value);
                } else {
                    bytes.put((byte[]) fields.get(i));
                }
            }
            return java.util.Arrays.copyOf(bytes.array(), bytes.position());
        }

        byte[] sound() {
            return with(-1, 0);
        }

        private static void put(ByteBuffer bytes, int length, long value) {
            switch (length) {
                case 2 -> bytes.putShort((short) value);
                case 4 -> bytes.putInt((int) value);
                default -> bytes.putLong(value);
            }
        }
    }

    /** Returns what a client says first. */
    static Message clientFlags() {
        return new Message("client flags", List.of(new Field("flags", 4, 3)));
    }

    /** Returns each option that the server knows, with data. */
    static List<Message> options() {
        byte[] name = READ.getBytes(StandardCharsets.UTF_8);
        byte[] query = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.UTF_8);
        List<Message> options = new ArrayList<>();
        options.add(option("structured reply", Nbd.OPT_STRUCTURED_REPLY, 0));
        options.add(option("list", Nbd.OPT_LIST, 0));
        options.add(option("starttls", Nbd.OPT_STARTTLS, 0));
        for (int option : new int[] {Nbd.OPT_INFO, Nbd.OPT_GO}) {
            options.add(option("info " + option, option, 4 + name.length + 2 + 4, new Field("length of the name", 4, name.length), name,
                    new Field("count of requests", 2, 2), new Field("first request", 2, 3), new Field("second request", 2, 1)));
        }
        for (int option : new int[] {Nbd.OPT_LIST_META_CONTEXT, Nbd.OPT_SET_META_CONTEXT}) {
            options.add(option("context " + option, option, 4 + name.length + 4 + 4 + query.length, new Field("length of the name", 4,
                    name.length), name, new Field("count of queries", 4, 1), new Field("length of the query", 4, query.length), query));
        }
        options.add(option("export name", Nbd.OPT_EXPORT_NAME, name.length, name));
        options.add(option("abort", Nbd.OPT_ABORT, 0));
        return options;
    }

    private static Message option(String name, int option, int length, Object... data) {
        List<Object> fields = new ArrayList<>(List.of(new Field("magic", 8, Nbd.OPTION_MAGIC), new Field("option", 4, option),
                new Field("length", 4, length)));
        fields.addAll(List.of(data));
        return new Message("option " + name, fields);
    }

    /** Returns a request of each type, the data of writes with it. */
    static List<Message> requests() {
        List<Message> requests = new ArrayList<>();
        for (int type = Nbd.CMD_READ; type <= Nbd.CMD_BLOCK_STATUS + 1; type++) {
            boolean bare = type == Nbd.CMD_FLUSH || type == Nbd.CMD_DISC;
            List<Object> fields = new ArrayList<>(List.of(new Field("magic", 4, Nbd.REQUEST_MAGIC & 0xFFFFFFFFL), new Field("flags", 2, 0),
                    new Field("type", 2, type), new Field("cookie", 8, 0x0102030405060708L), new Field("offset", 8, bare ? 0 : 512),
                    new Field("length", 4, bare ? 0 : 3000)));
            if (type == Nbd.CMD_WRITE) {
                fields.add(new byte[3000]);
            }
            requests.add(new Message("request " + type, fields));
        }
        return requests;
    }

    /** Returns a whole session that makes sense, as one run of bytes: every option but those that end it, then every request but that. */
    static byte[] session() {
        ByteBuffer said = ByteBuffer.allocate(1 << 16).put(clientFlags().sound());
        for (Message option : options()) {
            boolean ends = option.name.endsWith("export name") || option.name.endsWith("abort") || option.name.endsWith(" " + Nbd.OPT_GO);
            if (!ends) {
                said.put(option.sound());
            }
        }
        said.putLong(Nbd.OPTION_MAGIC).putInt(Nbd.OPT_GO).putInt(WRITTEN.length() + 6).put(TestClient.named(WRITTEN));
        requests().stream().filter(request -> !request.name.endsWith(" " + Nbd.CMD_DISC)).forEach(request -> said.put(request.sound()));
        return java.util.Arrays.copyOf(said.array(), said.position());
    }
}
