package org.imagingutility.serve.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.serve.nbd.Messages.Field;
import org.imagingutility.serve.nbd.Messages.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every field of every option and request holds every number that is worth a try, and a session is cut off behind each of its bytes. What
 * the server says is the protocol, to its end; the connection of another client goes on.
 */
class MutatedFieldsTest {
    private ServerTrial trial;
    private TestClient good;
    private int asked;

    @BeforeEach
    void begin() throws Exception {
        trial = new ServerTrial();
        trial.device.slow.countDown();
        trial.written.slow.countDown();
        good = TestClient.greet(trial.socket).go("read", true);
    }

    @AfterEach
    void end() throws Exception {
        good.close();
        trial.close();
    }

    @Test
    void clientFlags() throws Exception {
        everyNumber(Messages.clientFlags(), 0, List.of());
    }

    @Test
    void optionsBeforeAndAfterStructuredReplies() throws Exception {
        byte[] structured = Messages.options().get(0).sound();
        for (Message option : Messages.options()) {
            everyNumber(option, 0, List.of(Messages.clientFlags().sound()));
            everyNumber(option, 0, List.of(Messages.clientFlags().sound(), structured));
        }
    }

    @Test
    void requestsInEitherForm() throws Exception {
        byte[] flags = Messages.clientFlags().sound();
        byte[] context = option(Nbd.OPT_SET_META_CONTEXT, TestClient.contexts("read", Nbd.BASE_ALLOCATION));
        for (Message request : Messages.requests()) {
            everyNumber(request, -1, List.of(flags, option(Nbd.OPT_GO, TestClient.named("written"))));
            everyNumber(request, 0, List.of(flags, Messages.options().get(0).sound(), context, option(Nbd.OPT_GO, TestClient.named("read"))));
        }
        // what was answered is given back a moment later
        while (trial.taken() > 0) {
            Thread.onSpinWait();
        }
    }

    private static byte[] option(int option, byte[] data) {
        return ByteBuffer.allocate(16 + data.length).putLong(Nbd.OPTION_MAGIC).putInt(option).putInt(data.length).put(data).array();
    }

    /** Says {@code before} and the message with each number in each field. {@code simpleData} is -1 where simple replies may have data. */
    private void everyNumber(Message message, int simpleData, List<byte[]> before) throws IOException {
        for (int i = 0; i < message.fields().size(); i++) {
            if (message.fields().get(i) instanceof Field field) {
                for (long value : field.others()) {
                    List<byte[]> said = new ArrayList<>(before);
                    said.add(message.with(i, value));
                    tried(message.name() + ", " + field.name() + " " + value, said, simpleData < 0 ? dataOf(message, field, value) : simpleData);
                }
            }
        }
    }

    /** Returns the bytes that follow a simple reply without an error: those of a read. */
    private static int dataOf(Message request, Field changed, long value) {
        long type = changed.name().equals("type") ? value : number(request, "type");
        long length = changed.name().equals("length") ? value : number(request, "length");
        return type == Nbd.CMD_READ ? (int) length : 0;
    }

    private static long number(Message message, String name) {
        return message.fields().stream().filter(each -> each instanceof Field field && field.name().equals(name))
                .mapToLong(each -> ((Field) each).value()).findFirst().orElseThrow();
    }

    private void tried(String what, List<byte[]> said, int simpleData) throws IOException {
        try (TestClient client = TestClient.connect(trial.socket)) {
            client.read(18);
            boolean broken = !sayAll(client, said);
            try {
                new Answers(client, what.startsWith("option") || what.startsWith("client flags"), simpleData).toTheEnd();
            } catch (IOException e) {
                // what it had not read when it ended the connection makes the system say so at once
                assertThat(e.getMessage()).as(what).containsAnyOf("reset", "Broken pipe", "Connection");
            } catch (AssertionError e) {
                throw new AssertionError(what + (broken ? " (cut off)" : "") + ": " + e.getMessage(), e);
            }
        }
        goodGoesOn(what);
    }

    /** Returns false if the server ended the connection meanwhile: its right. */
    private static boolean sayAll(TestClient client, List<byte[]> said) {
        try {
            for (byte[] each : said) {
                client.send(ByteBuffer.allocate(each.length).put(each));
            }
            client.endOfAll();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Has the other client read: each eighth time, since that takes as long as all else. */
    private void goodGoesOn(String what) throws IOException {
        int at = asked++ * 61 % FakeDevice.HOLE;
        if (asked % 8 != 0) {
            return;
        }
        good.request(0, Nbd.CMD_READ, asked, at, 64);
        assertThat(Arrays.copyOfRange(good.chunk(0).data(), 8, 72)).as(what).isEqualTo(Arrays.copyOfRange(trial.device.content, at, at + 64));
    }

    @Test
    void aSessionThatIsCutOffBehindAnyOfItsBytes() throws Exception {
        byte[] session = Messages.session();
        // behind each byte, but for the data of a write, where one is as good as another
        for (int end = 0; end < session.length; end += session.length - end > 3300 || session.length - end < 300 ? 1 : 97) {
            try (TestClient client = TestClient.connect(trial.socket)) {
                client.read(18);
                sayAll(client, List.of(Arrays.copyOf(session, end)));
            }
            goodGoesOn("cut behind byte " + end);
        }
    }
}
