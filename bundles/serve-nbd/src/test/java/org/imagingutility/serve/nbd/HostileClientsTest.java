package org.imagingutility.serve.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/** Clients that keep no rule: they lose their connection at most, and others notice nothing. */
class HostileClientsTest {
    private static final int ROUNDS = Integer.getInteger("nbd.fuzz", 100);

    @Test
    void noBytesEverStopTheServer() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        try (ServerTrial trial = new ServerTrial(); TestClient good = TestClient.greet(trial.socket).go("read", true)) {
            trial.device.slow.countDown();
            trial.written.slow.countDown();
            for (int i = 0; i < ROUNDS; i++) {
                try (TestClient client = TestClient.connect(trial.socket)) {
                    byte[] bytes = mutated(session(random), random);
                    client.send(ByteBuffer.allocate(bytes.length).put(bytes));
                } catch (IOException e) {
                    // the server has ended it while it was sent: its right
                    assertThat(e.getMessage()).as("seed %d", seed).containsAnyOf("Broken pipe", "reset", "refused");
                }
                good.request(0, Nbd.CMD_READ, i, i, 64);
                assertThat(Arrays.copyOfRange(good.chunk(0).data(), 8, 72)).as("seed %d, round %d", seed, i)
                        .isEqualTo(Arrays.copyOfRange(trial.device.content, i, i + 64));
            }
        }
    }

    /** Returns all that a client says in a session that makes sense. */
    private static byte[] session(Random random) {
        ByteBuffer said = ByteBuffer.allocate(1 << 16).putInt(3);
        String name = random.nextBoolean() ? "read" : "written";
        option(said, Nbd.OPT_STRUCTURED_REPLY, new byte[0]);
        option(said, Nbd.OPT_LIST, new byte[0]);
        option(said, Nbd.OPT_SET_META_CONTEXT, TestClient.contexts(name, "base:allocation"));
        option(said, Nbd.OPT_INFO, TestClient.named(name, 0, 1, 2, 3));
        if (random.nextInt(4) == 0) {
            option(said, Nbd.OPT_EXPORT_NAME, name.getBytes(StandardCharsets.UTF_8));
        } else {
            option(said, Nbd.OPT_GO, TestClient.named(name, 3));
        }
        for (int i = 0; i < 20; i++) {
            int type = random.nextInt(10);
            int length = random.nextInt(1000);
            said.putInt(Nbd.REQUEST_MAGIC).putShort((short) random.nextInt(16)).putShort((short) type).putLong(i)
                    .putLong(random.nextInt(FakeDevice.LENGTH)).putInt(length);
            if (type == Nbd.CMD_WRITE) {
                said.put(new byte[length]);
            }
        }
        return Arrays.copyOf(said.array(), said.position());
    }

    private static void option(ByteBuffer said, int option, byte[] data) {
        said.putLong(Nbd.OPTION_MAGIC).putInt(option).putInt(data.length).put(data);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> Arrays.fill(changed, at, Math.min(changed.length, at + 4), (byte) -1);
                case 2 -> Arrays.fill(changed, at, Math.min(changed.length, at + 8), (byte) 0);
                default -> changed = Arrays.copyOf(changed, Math.max(1, at));
            }
        }
        return changed;
    }

    @Test
    void aClientThatTakesNothingHoldsUpNoOther() throws Exception {
        try (ServerTrial trial = new ServerTrial(); TestClient good = TestClient.greet(trial.socket).go("read", false)) {
            TestClient deaf = TestClient.greet(trial.socket).go("read", false);
            // far more than sockets and the share of one connection hold; nothing of it is ever read
            Thread asking = new Thread(() -> {
                try {
                    for (int i = 0; i < 10_000; i++) {
                        deaf.request(0, Nbd.CMD_READ, i, 0, 1 << 20);
                    }
                } catch (IOException e) {
                    // closed at the end of the test
                    assertThat(e).isNotNull();
                }
            });
            asking.start();
            for (int i = 0; i < 40; i++) {
                good.request(0, Nbd.CMD_READ, i, i, 1 << 20);
                assertThat(good.chunk(1 << 20).data()).isEqualTo(Arrays.copyOfRange(trial.device.content, i, i + (1 << 20)));
            }
            deaf.close();
            asking.join();
        }
    }

    @Test
    void floodsOfRequestsThatNobodyTakesTheAnswersOfHoldUpNoOtherAndTakeNoMoreThanTheirShare() throws Exception {
        long piece = Buffers.LARGEST + Transmission.OVERHEAD;
        int deaf = ServerTrial.CONNECTIONS - 2;
        try (ServerTrial trial = new ServerTrial(); TestClient good = TestClient.greet(trial.socket).go("read", false)) {
            List<TestClient> clients = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < deaf; i++) {
                TestClient client = TestClient.greet(trial.socket).go("read", i % 2 == 0);
                clients.add(client);
                threads.add(flood(client));
            }
            // together they ask for more than all may have, and so get all there is
            while (trial.taken() < Listener.MOST_BYTES - piece) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 40; i++) {
                good.request(0, Nbd.CMD_READ, i, i, 1 << 20);
                assertThat(good.chunk(1 << 20).data()).isEqualTo(Arrays.copyOfRange(trial.device.content, i, i + (1 << 20)));
                assertThat(trial.taken()).isLessThanOrEqualTo(Listener.MOST_BYTES + ServerTrial.CONNECTIONS * piece);
            }
            for (TestClient client : clients) {
                client.close();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            // the last of them may still be on its way out
            while (trial.taken() > 0) {
                Thread.onSpinWait();
            }
            good.request(0, Nbd.CMD_READ, 1, 0, 8);
            assertThat(good.chunk(8).error()).isZero();
        }
    }

    private static Thread flood(TestClient client) {
        Thread thread = new Thread(() -> {
            try {
                for (int i = 0; i < 10_000; i++) {
                    client.request(0, Nbd.CMD_READ, i, 0, 1 << 20);
                }
            } catch (IOException e) {
                // closed at the end of the test
                assertThat(e).isNotNull();
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void writesThatAreAnnouncedAndNeverSentHoldUpNoOther() throws Exception {
        int announcing = ServerTrial.CONNECTIONS - 2;
        try (ServerTrial trial = new ServerTrial(); TestClient good = TestClient.greet(trial.socket).go("written", false)) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < announcing; i++) {
                TestClient client = TestClient.greet(trial.socket).go("written", false);
                // some of it would be taken, some refused
                client.request(0, Nbd.CMD_WRITE, i, 0, i % 2 == 0 ? FakeDevice.LENGTH : Nbd.MAX_PAYLOAD);
                client.send(ByteBuffer.allocate(100).put(new byte[100]));
                clients.add(client);
            }
            byte[] data = new byte[2 << 20];
            new Random(5).nextBytes(data);
            for (int i = 0; i < 20; i++) {
                good.request(0, Nbd.CMD_WRITE, i, FakeDevice.HOLE, data.length);
                good.send(ByteBuffer.allocate(data.length).put(data));
                assertThat(good.chunk(0).error()).isZero();
                assertThat(trial.taken()).isLessThanOrEqualTo(ServerTrial.CONNECTIONS * (long) (Buffers.LARGEST + Transmission.OVERHEAD) * 2);
            }
            assertThat(Arrays.copyOfRange(trial.written.content, FakeDevice.HOLE, FakeDevice.HOLE + data.length)).isEqualTo(data);
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void connectionsBeyondTheBoundAreTurnedAwayAndRoomComesBack() throws Exception {
        try (ServerTrial trial = new ServerTrial()) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < ServerTrial.CONNECTIONS; i++) {
                clients.add(TestClient.greet(trial.socket));
            }
            try (TestClient more = TestClient.connect(trial.socket)) {
                assertThat(more.isEnded()).isTrue();
            }
            for (TestClient client : clients) {
                client.ask(Nbd.OPT_ABORT, new byte[0]);
                assertThat(client.isEnded()).isTrue();
                client.close();
            }
            // the last of them may still be on its way out
            while (true) {
                try (TestClient client = TestClient.greet(trial.socket)) {
                    assertThat(client.ask(Nbd.OPT_LIST, new byte[0])).hasSize(3);
                    break;
                } catch (IOException e) {
                    Thread.onSpinWait();
                }
            }
            assertThat(trial.log).anyMatch(line -> line.contains("turned away"));
        }
    }

    @Test
    void closingEndsAllConnectionsWhateverTheyAreAt() throws Exception {
        ServerTrial trial = new ServerTrial();
        try (TestClient silent = TestClient.connect(trial.socket); TestClient half = TestClient.greet(trial.socket);
                TestClient busy = TestClient.greet(trial.socket).go("read", false)) {
            half.send(ByteBuffer.allocate(3).put(new byte[3]));
            busy.request(0, Nbd.CMD_READ, 1, FakeDevice.SLOW, 10);
            trial.close();
            assertThat(silent.isEnded()).isTrue();
            assertThat(half.isEnded()).isTrue();
            assertThat(busy.isEnded()).isTrue();
        }
        assertThat(trial.socket).doesNotExist();
        trial.server.close();
    }
}
