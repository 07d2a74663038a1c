package org.imagingutility.serve.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.serve.nbd.TestClient.Reply;
import org.junit.jupiter.api.Test;

/** Option haggling as clients see it. */
class HandshakeTest {

    @Test
    void listsTheExportsWithWhatTheyAre() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket)) {
            List<Reply> replies = client.ask(Nbd.OPT_LIST, new byte[0]);
            assertThat(replies).extracting(Reply::type).containsExactly(Nbd.REP_SERVER, Nbd.REP_SERVER, Nbd.REP_ACK);
            ByteBuffer first = replies.get(0).buffer();
            byte[] name = new byte[first.getInt()];
            first.get(name);
            assertThat(new String(name, StandardCharsets.UTF_8)).isEqualTo("read");
            assertThat(StandardCharsets.UTF_8.decode(first).toString()).isEqualTo("made for tests");
            assertThat(client.ask(Nbd.OPT_LIST, new byte[1]).get(0).type()).isEqualTo(Nbd.REP_ERR_INVALID);
        }
    }

    @Test
    void tellsLengthFlagsAndBlockSizes() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket)) {
            List<Reply> replies = client.ask(Nbd.OPT_INFO, TestClient.named("read", Nbd.INFO_BLOCK_SIZE, Nbd.INFO_NAME, 77));
            ByteBuffer export = replies.get(0).buffer();
            assertThat(export.getShort()).isEqualTo((short) Nbd.INFO_EXPORT);
            assertThat(export.getLong()).isEqualTo(FakeDevice.LENGTH);
            assertThat(export.getShort()).isEqualTo((short) (Nbd.HAS_FLAGS | Nbd.READ_ONLY | Nbd.CAN_MULTI_CONN | Nbd.SEND_CACHE));
            assertThat(replies.get(1).data()).startsWith(new byte[] {0, Nbd.INFO_NAME}).endsWith("read".getBytes(StandardCharsets.UTF_8));
            ByteBuffer sizes = replies.get(2).buffer();
            assertThat(new int[] {sizes.getShort(), sizes.getInt(), sizes.getInt(), sizes.getInt()}).containsExactly(3, 1, 4096, 32 << 20);
            ByteBuffer other = client.ask(Nbd.OPT_INFO, TestClient.named("written")).get(0).buffer();
            assertThat(other.getShort(10) & Nbd.READ_ONLY).isZero();
            assertThat(client.ask(Nbd.OPT_INFO, TestClient.named("else")).get(0).type()).isEqualTo(Nbd.REP_ERR_UNKNOWN);
        }
    }

    @Test
    void whatIsWrongWithAnOptionIsSaidAndTheNextOneIsAnswered() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket)) {
            for (byte[] wrong : new byte[][] {{}, {0, 0, 0}, {0, 0, 0, 9, 1}, {-1, -1, -1, -1}, {0, 0, 0, 0}, {0, 0, 0, 0, 0},
                {0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 1, (byte) 0xFF, 0, 0}, {0, 0, 0, 1, 0, 0, 0}}) {
                assertThat(client.ask(Nbd.OPT_GO, wrong).get(0).type()).isEqualTo(Nbd.REP_ERR_INVALID);
            }
            assertThat(client.ask(Nbd.OPT_SET_META_CONTEXT, TestClient.contexts("read", Nbd.BASE_ALLOCATION)).get(0).type())
                    .as("without structured replies").isEqualTo(Nbd.REP_ERR_INVALID);
            client.ask(Nbd.OPT_STRUCTURED_REPLY, new byte[0]);
            assertThat(client.ask(Nbd.OPT_SET_META_CONTEXT, new byte[] {0, 0, 0, 0, -1, -1, -1, -1}).get(0).type())
                    .isEqualTo(Nbd.REP_ERR_INVALID);
            assertThat(client.ask(Nbd.OPT_STARTTLS, new byte[0]).get(0).type()).isEqualTo(Nbd.REP_ERR_UNSUP);
            assertThat(client.ask(4711, new byte[100]).get(0).type()).isEqualTo(Nbd.REP_ERR_UNSUP);
            assertThat(client.ask(Nbd.OPT_GO, new byte[100_000]).get(0).type()).isEqualTo(Nbd.REP_ERR_TOO_BIG);
            assertThat(client.ask(Nbd.OPT_LIST, new byte[0])).hasSize(3);
            assertThat(client.ask(Nbd.OPT_ABORT, new byte[0]).get(0).type()).isEqualTo(Nbd.REP_ACK);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void contextsAreToldByNameAndByTheirNamespace() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket)) {
            for (String[] queries : new String[][] {{}, {"base:"}, {"base:allocation"}, {"other:", "base:allocation"}}) {
                assertThat(client.ask(Nbd.OPT_LIST_META_CONTEXT, TestClient.contexts("read", queries))).extracting(Reply::type)
                        .containsExactly(Nbd.REP_META_CONTEXT, Nbd.REP_ACK);
            }
            assertThat(client.ask(Nbd.OPT_LIST_META_CONTEXT, TestClient.contexts("read", "qemu:"))).extracting(Reply::type)
                    .containsExactly(Nbd.REP_ACK);
        }
    }

    @Test
    void anOldClientNamesItsExportAndIsInTransmission() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket)) {
            client.option(Nbd.OPT_EXPORT_NAME, "read".getBytes(StandardCharsets.UTF_8));
            assertThat(client.read(10).getLong()).isEqualTo(FakeDevice.LENGTH);
            client.request(0, Nbd.CMD_READ, 5, 100, 20);
            assertThat(client.chunk(20).data()).isEqualTo(java.util.Arrays.copyOfRange(trial.device.content, 100, 120));
        }
    }

    @Test
    void whatHasNoReplyInTheProtocolEndsTheConnection() throws Exception {
        try (ServerTrial trial = new ServerTrial()) {
            try (TestClient client = TestClient.greet(trial.socket)) {
                client.option(Nbd.OPT_EXPORT_NAME, "else".getBytes(StandardCharsets.UTF_8));
                assertThatThrownBy(() -> client.read(1)).isInstanceOf(EOFException.class);
            }
            try (TestClient client = TestClient.connect(trial.socket)) {
                client.read(18);
                client.send(ByteBuffer.allocate(4).putInt(0x80));
                assertThat(client.isEnded()).isTrue();
            }
            try (TestClient client = TestClient.greet(trial.socket)) {
                client.send(ByteBuffer.allocate(16).putLong(Nbd.OPTION_MAGIC).putInt(Nbd.OPT_GO).putInt(-1));
                assertThat(client.isEnded()).isTrue();
            }
            assertThat(trial.log).anyMatch(line -> line.contains("there is no export \"else\""))
                    .anyMatch(line -> line.contains("unknown client flags 80")).anyMatch(line -> line.contains("4294967295 bytes"));
        }
    }
}
