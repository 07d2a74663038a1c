package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.tck.serve.BlockClient;
import org.imagingutility.tck.serve.BlockServerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NbdServerContractTest {
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        // short, as names of sockets must be
        folder = Files.createTempDirectory("nbd");
    }

    @AfterEach
    void removeFolder() throws IOException {
        Files.delete(folder);
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContractOnSockets() {
        AtomicInteger number = new AtomicInteger();
        return tests(false, () -> new Endpoint.UnixSocket(folder.resolve("s" + number.incrementAndGet()).toString()));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContractOnPorts() {
        return tests(true, () -> {
            // an address of this machine that no other program is likely to use ports of meanwhile
            String host = "127.77.0.1";
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
                return new Endpoint.Tcp(host, free.getLocalPort());
            }
        });
    }

    private interface Endpoints {
        Endpoint next() throws IOException;
    }

    private static Stream<DynamicTest> tests(boolean structured, Endpoints endpoints) {
        return new BlockServerContract(new BlockServerContract.Fixture() {
            @Override
            public BlockServer server() {
                return new NbdServer();
            }

            @Override
            public Endpoint newEndpoint() throws IOException {
                return endpoints.next();
            }

            @Override
            public BlockClient connect(String address) throws IOException {
                URI uri = URI.create(address);
                return new Client(greeted(uri), uri.getPath().substring(1), structured);
            }

            @Override
            public void say(String address, byte[] bytes) throws IOException {
                try (TestClient client = greeted(URI.create(address))) {
                    client.send(ByteBuffer.allocate(bytes.length).put(bytes));
                    client.endOfAll();
                    client.isEnded();
                } catch (IOException e) {
                    // it was ended meanwhile
                    Thread.yield();
                }
            }
        }).checks().stream().map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private static TestClient greeted(URI uri) throws IOException {
        return uri.getPort() < 0 ? TestClient.greet(Path.of(uri.getQuery().substring("socket=".length()))) : TestClient.greet(uri);
    }

    private static final class Client implements BlockClient {
        private final TestClient client;
        private final boolean structured;
        private final long length;

        Client(TestClient client, String export, boolean structured) throws IOException {
            this.client = client;
            this.structured = structured;
            this.length = client.ask(Nbd.OPT_INFO, TestClient.named(export)).get(0).buffer().getLong(2);
            client.go(export, structured);
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public byte[] read(long offset, int bytes) throws IOException {
            client.request(structured ? Nbd.FLAG_DF : 0, Nbd.CMD_READ, 1, offset, bytes);
            TestClient.Chunk reply = client.chunk(bytes);
            if (reply.error() != 0 || structured && reply.type() != Nbd.REPLY_OFFSET_DATA) {
                throw new IOException("refused");
            }
            return structured ? Arrays.copyOfRange(reply.data(), Long.BYTES, reply.data().length) : reply.data();
        }

        @Override
        public void write(long offset, byte[] bytes) throws IOException {
            client.request(0, Nbd.CMD_WRITE, 2, offset, bytes.length);
            client.send(ByteBuffer.allocate(bytes.length).put(bytes));
            succeeded();
        }

        @Override
        public void flush() throws IOException {
            client.request(0, Nbd.CMD_FLUSH, 3, 0, 0);
            succeeded();
        }

        private void succeeded() throws IOException {
            TestClient.Chunk reply = client.chunk(0);
            if (reply.error() != 0 || reply.type() >= 0) {
                throw new IOException("refused");
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
