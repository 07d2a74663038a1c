package org.imagingutility.serve.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.imagingutility.serve.nbd.TestClient.Chunk;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/** Requests and replies as clients see them. */
class TransmissionTest {

    @Test
    void readsAreAnsweredInEitherForm() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient simple = TestClient.greet(trial.socket).go("read", false);
                TestClient structured = TestClient.greet(trial.socket).go("read", true)) {
            long seed = RandomSeed.get();
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                int offset = random.nextInt(FakeDevice.SLOW - 1);
                int length = random.nextInt(FakeDevice.SLOW - offset - 1) + 1;
                byte[] expected = Arrays.copyOfRange(trial.device.content, offset, offset + length);
                simple.request(0, Nbd.CMD_READ, i, offset, length);
                Chunk reply = simple.chunk(length);
                assertThat(reply.cookie()).isEqualTo(i);
                assertThat(reply.data()).as("seed %d", seed).isEqualTo(expected);
                structured.request(0, Nbd.CMD_READ, i, offset, length);
                assertThat(collected(structured, i, offset, length)).as("seed %d", seed).isEqualTo(expected);
                structured.request(Nbd.FLAG_DF, Nbd.CMD_READ, i, offset, length);
                Chunk whole = structured.chunk(0);
                assertThat(whole.done()).isTrue();
                assertThat(Arrays.copyOfRange(whole.data(), 8, whole.data().length)).isEqualTo(expected);
            }
        }
    }

    /** Puts the chunks of one read together; what is in none of them fails. */
    private static byte[] collected(TestClient client, long cookie, int offset, int length) throws Exception {
        byte[] bytes = new byte[length];
        int missing = length;
        while (true) {
            Chunk chunk = client.chunk(0);
            assertThat(chunk.cookie()).isEqualTo(cookie);
            ByteBuffer data = chunk.buffer();
            int at = (int) data.getLong() - offset;
            if (chunk.type() == Nbd.REPLY_OFFSET_HOLE) {
                missing -= data.getInt();
            } else {
                assertThat(chunk.type()).isEqualTo(Nbd.REPLY_OFFSET_DATA);
                missing -= data.remaining();
                data.get(bytes, at, data.remaining());
            }
            if (chunk.done()) {
                assertThat(missing).isZero();
                return bytes;
            }
        }
    }

    @Test
    void holesAreSentAsHolesAndToldAsSuch() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket).go("read", true)) {
            client.request(0, Nbd.CMD_READ, 1, FakeDevice.HOLE, 1 << 20);
            assertThat(client.chunk(0)).satisfies(chunk -> assertThat(chunk.type()).isEqualTo(Nbd.REPLY_OFFSET_HOLE))
                    .satisfies(chunk -> assertThat(chunk.done()).isTrue());
            client.request(0, Nbd.CMD_BLOCK_STATUS, 2, 100, FakeDevice.LENGTH - 100);
            assertThat(words(client.chunk(0))).containsExactly(Session.ALLOCATION_ID, FakeDevice.HOLE - 100, 0, 2 << 20, 3,
                    FakeDevice.LENGTH - FakeDevice.HOLE_END, 0);
            client.request(Nbd.FLAG_REQ_ONE, Nbd.CMD_BLOCK_STATUS, 3, FakeDevice.HOLE, FakeDevice.LENGTH - FakeDevice.HOLE);
            assertThat(words(client.chunk(0))).containsExactly(Session.ALLOCATION_ID, 2 << 20, 3);
        }
    }

    private static int[] words(Chunk chunk) {
        assertThat(chunk.type()).isEqualTo(Nbd.REPLY_BLOCK_STATUS);
        int[] words = new int[chunk.data().length / 4];
        chunk.buffer().asIntBuffer().get(words);
        return words;
    }

    @Test
    void aDamagedRangeIsAnErrorWithItsPlaceAndTheConnectionGoesOn() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient simple = TestClient.greet(trial.socket).go("read", false);
                TestClient structured = TestClient.greet(trial.socket).go("read", true)) {
            structured.request(0, Nbd.CMD_READ, 1, FakeDevice.DAMAGED - 100, 200);
            Chunk error = structured.chunk(0);
            assertThat(error.type()).isEqualTo(Nbd.REPLY_ERROR_OFFSET);
            ByteBuffer data = error.buffer();
            assertThat(data.getInt()).isEqualTo(Nbd.EIO);
            assertThat(data.getLong(data.limit() - 8)).isEqualTo(FakeDevice.DAMAGED);
            simple.request(0, Nbd.CMD_READ, 2, FakeDevice.DAMAGED - 100, 200);
            assertThat(simple.chunk(200).error()).isEqualTo(Nbd.EIO);
            simple.request(0, Nbd.CMD_READ, 3, FakeDevice.DAMAGED + 1, 10);
            assertThat(simple.chunk(10).error()).isZero();
            assertThat(trial.server.statistics().errors()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatTakesLongHoldsUpNoOther() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket).go("read", false)) {
            client.request(0, Nbd.CMD_READ, 1, FakeDevice.SLOW, 10);
            client.request(0, Nbd.CMD_READ, 2, 0, 10);
            assertThat(client.chunk(10).cookie()).isEqualTo(2);
            trial.device.slow.countDown();
            assertThat(client.chunk(10).cookie()).isEqualTo(1);
        }
    }

    @Test
    void whatMakesNoSenseIsAnErrorOfTheProtocol() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket).go("read", false)) {
            long end = FakeDevice.LENGTH;
            for (long[] request : new long[][] {{Nbd.CMD_READ, 0, 0}, {Nbd.CMD_READ, end, 1}, {Nbd.CMD_READ, end - 1, 2},
                {Nbd.CMD_READ, -1, 1}, {Nbd.CMD_READ, Long.MIN_VALUE, 5}, {Nbd.CMD_READ, Long.MAX_VALUE, 0xFFFFFFFFL},
                {Nbd.CMD_READ, 0, 0xFFFFFFFFL}, {Nbd.CMD_CACHE, end, 1}, {Nbd.CMD_BLOCK_STATUS, 0, 10}, {Nbd.CMD_FLUSH, 1, 0}, {99, 0, 1}}) {
                client.request(0, (int) request[0], 9, request[1], request[2]);
                Chunk reply = client.chunk(0);
                assertThat(reply.error()).as(Arrays.toString(request)).isEqualTo(Nbd.EINVAL);
                assertThat(reply.cookie()).isEqualTo(9);
            }
            client.request(Nbd.FLAG_DF, Nbd.CMD_READ, 9, 0, 10);
            assertThat(client.chunk(10).error()).isEqualTo(Nbd.EINVAL);
            client.request(0, Nbd.CMD_WRITE, 10, 0, 6);
            client.send(ByteBuffer.allocate(6).put(new byte[6]));
            assertThat(client.chunk(0).error()).isEqualTo(Nbd.EPERM);
            client.request(0, Nbd.CMD_TRIM, 10, 0, 6);
            assertThat(client.chunk(0).error()).isEqualTo(Nbd.EPERM);
            client.request(0, Nbd.CMD_CACHE, 11, 0, end);
            assertThat(client.chunk(0).error()).isZero();
        }
    }

    @Test
    void whatIsWrittenIsThereAndForcedWhenItIsAskedFor() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket).go("written", true)) {
            byte[] data = new byte[(2 << 20) + 5];
            new Random(8).nextBytes(data);
            client.request(0, Nbd.CMD_WRITE, 1, 1000, data.length);
            client.send(ByteBuffer.allocate(data.length).put(data));
            assertThat(client.chunk(0).error()).isZero();
            assertThat(Arrays.copyOfRange(trial.written.content, 1000, 1000 + data.length)).isEqualTo(data);
            client.request(Nbd.FLAG_FUA, Nbd.CMD_WRITE_ZEROES, 2, 5000, 100);
            assertThat(client.chunk(0).error()).isZero();
            assertThat(Arrays.copyOfRange(trial.written.content, 5000, 5100)).containsOnly(0);
            assertThat(trial.written.flushes).isEqualTo(1);
            client.request(0, Nbd.CMD_FLUSH, 3, 0, 0);
            assertThat(client.chunk(0).error()).isZero();
            assertThat(trial.written.flushes).isEqualTo(2);
            client.request(0, Nbd.CMD_WRITE, 4, FakeDevice.LENGTH, 4);
            client.send(ByteBuffer.allocate(4).put(new byte[4]));
            assertThat(client.chunk(0).buffer().getInt()).isEqualTo(Nbd.ENOSPC);
            client.request(0, Nbd.CMD_WRITE, 5, 0, (32 << 20) + 1);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void requestsBeforeAGoodbyeAreAnswered() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient client = TestClient.greet(trial.socket).go("read", false)) {
            for (int i = 0; i < 50; i++) {
                client.request(0, Nbd.CMD_READ, i, i, 8);
            }
            client.request(0, Nbd.CMD_DISC, 99, 0, 0);
            boolean[] answered = new boolean[50];
            for (int i = 0; i < 50; i++) {
                answered[(int) client.chunk(8).cookie()] = true;
            }
            assertThat(answered).containsOnly(true);
            assertThat(client.isEnded()).isTrue();
        }
    }
}
