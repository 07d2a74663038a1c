package org.imagingutility.tck.serve;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/**
 * What every {@link BlockServer} keeps: clients get the bytes that the devices have, whatever other clients do; what a client asks for wrongly
 * never reaches a device; and once a server is closed, no device is asked any more. What the protocol's words are only a client knows, so
 * the tester brings one.
 */
public final class BlockServerContract implements Contract {
    private static final int CONNECTIONS = 8;
    private static final int HOSTILE = 40;
    private static final int STEP = 100_003;

    private final Fixture fixture;

    /** Creates the contract for the server of {@code fixture}. */
    public BlockServerContract(Fixture fixture) {
        this.fixture = fixture;
    }

    /** What the contract needs of the one who tests a server. */
    public interface Fixture {

        /** Returns the server. */
        BlockServer server();

        /** Returns a place to listen on that is free; each time another. */
        Endpoint newEndpoint() throws Exception;

        /**
         * Connects a client.
         *
         * @param address what {@link RunningServer#addresses} has for the device
         * @throws Exception if the server turns it away
         */
        BlockClient connect(String address) throws Exception;

        /**
         * Connects, says {@code bytes}, which are nothing of the protocol unless by chance, says no more, and waits until the server ends
         * the connection. What the server says does not matter.
         */
        void say(String address, byte[] bytes) throws Exception;
    }

    @Override
    public List<ContractCheck> checks() {
        return List.of(new ContractCheck("has a permanent name", () -> Expect.permanentName(fixture.server().name())),
                new ContractCheck("has an address for each device, in their order", this::addresses),
                new ContractCheck("clients read what the devices hold", this::reads),
                new ContractCheck("many clients at once read what the devices hold", this::manyClients),
                new ContractCheck("a damaged range is an error, and its neighbours are read", this::damage),
                new ContractCheck("what lies outside a device is refused and never asked for", this::outside),
                new ContractCheck("what clients write arrives, and is forced when they ask for it", this::writes),
                new ContractCheck("a device that is read only is never written to", this::readOnly),
                new ContractCheck("nonsense ends a connection at most", this::nonsense),
                new ContractCheck("a client that waits for a device holds up no other", this::held),
                new ContractCheck("turns away connections beyond the bound until there is room again", this::bound),
                new ContractCheck("counts what it does", this::statistics),
                new ContractCheck("asks no device any more when it is closed", this::closed),
                new ContractCheck("an address in use is an error, and free again after closing", this::addressInUse));
    }

    private RunningServer start(Endpoint endpoint, WatchedDevice... devices) throws ImagingException {
        return fixture.server().start(new ServeSettings(endpoint, Optional.empty(), CONNECTIONS), List.of(devices), new Unheard());
    }

    private interface Trial {
        void run(RunningServer server) throws Exception;
    }

    /** Runs something with a server of these devices, and looks whether they were asked for nothing they must not be. */
    private void with(Trial trial, WatchedDevice... devices) throws Exception {
        try (RunningServer server = start(fixture.newEndpoint(), devices)) {
            trial.run(server);
        } finally {
            Arrays.stream(devices).forEach(WatchedDevice::release);
        }
        for (WatchedDevice device : devices) {
            Expect.equal(null, device.broken(), "what \"" + device.name() + "\" was asked for out of contract");
        }
    }

    private static WatchedDevice readable(String name) {
        return new WatchedDevice(name, false, name.length() + 1);
    }

    private BlockClient connect(RunningServer server) throws Exception {
        return fixture.connect(server.addresses().get(0));
    }

    private void addresses() throws Exception {
        WatchedDevice first = new WatchedDevice("first", false, 1);
        WatchedDevice second = new WatchedDevice("the second", false, 2);
        WatchedDevice unnamed = new WatchedDevice("", false, 3);
        WatchedDevice[] devices = {first, second, unnamed};
        with(server -> {
            List<String> addresses = server.addresses();
            Expect.equal(devices.length, addresses.size(), "number of addresses");
            Expect.equal(devices.length, new HashSet<>(addresses).size(), "number of addresses that differ");
            for (int i = 0; i < devices.length; i++) {
                try (BlockClient client = fixture.connect(addresses.get(i))) {
                    Expect.equalBytes(devices[i].content(0, 100), client.read(0, 100), "begin of device " + i);
                    Expect.equal((long) WatchedDevice.LENGTH, client.length(), "length of device " + i);
                }
            }
        }, devices);
    }

    private void reads() throws Exception {
        WatchedDevice device = readable("read");
        Random random = new Random(RandomSeed.get());
        with(server -> {
            try (BlockClient client = connect(server)) {
                expect(device, client, 0, 1);
                expect(device, client, WatchedDevice.LENGTH - 1, 1);
                expect(device, client, WatchedDevice.HOLE - 5, 10);
                expect(device, client, WatchedDevice.HOLE, WatchedDevice.HOLE_END - WatchedDevice.HOLE);
                expect(device, client, 0, WatchedDevice.DAMAGED);
                expect(device, client, WatchedDevice.HELD + 1, WatchedDevice.LENGTH - WatchedDevice.HELD - 1);
                for (int i = 0; i < 100; i++) {
                    int offset = random.nextInt(WatchedDevice.DAMAGED);
                    expect(device, client, offset, 1 + random.nextInt(WatchedDevice.DAMAGED - offset));
                }
            }
        }, device);
    }

    private static void expect(WatchedDevice device, BlockClient client, int offset, int length) throws Exception {
        Expect.equalBytes(device.content(offset, offset + length), client.read(offset, length), "bytes " + offset + "+" + length);
    }

    private void manyClients() throws Exception {
        WatchedDevice one = readable("one");
        WatchedDevice other = readable("another");
        with(server -> Threads.together(thread -> {
            WatchedDevice mine = thread % 2 == 0 ? one : other;
            try (BlockClient client = fixture.connect(server.addresses().get(thread % 2))) {
                for (int at = thread; at < WatchedDevice.DAMAGED - STEP; at += STEP) {
                    expect(mine, client, at, STEP);
                }
            }
        }), one, other);
    }

    private void damage() throws Exception {
        WatchedDevice device = readable("read");
        with(server -> {
            try (BlockClient client = connect(server)) {
                Expect.failsSomehowInClient("reading what is damaged", () -> client.read(WatchedDevice.DAMAGED - 10, 20));
            }
            try (BlockClient client = connect(server)) {
                expect(device, client, WatchedDevice.DAMAGED - 10, 10);
                expect(device, client, WatchedDevice.DAMAGED + 1, 10);
            }
        }, device);
    }

    private void outside() throws Exception {
        WatchedDevice device = readable("read");
        WatchedDevice written = new WatchedDevice("written", true, 9);
        long[][] ranges = {{WatchedDevice.LENGTH, 1}, {WatchedDevice.LENGTH - 1, 2}, {0, WatchedDevice.LENGTH + 1}, {Long.MAX_VALUE, 1},
            {Long.MAX_VALUE - 4096, 8192}, {1L << 32, 512}, {-512, 512}, {-1, 2}, {Long.MIN_VALUE, 1}};
        with(server -> {
            for (long[] range : ranges) {
                try (BlockClient client = connect(server)) {
                    Expect.failsSomehowInClient("reading bytes " + range[0] + "+" + range[1], () -> client.read(range[0], (int) range[1]));
                }
                try (BlockClient client = fixture.connect(server.addresses().get(1))) {
                    Expect.failsSomehowInClient("writing bytes " + range[0] + "+" + range[1],
                            () -> client.write(range[0], new byte[(int) range[1]]));
                }
            }
            try (BlockClient client = connect(server)) {
                expect(device, client, 0, 100);
            }
        }, device, written);
    }

    private void writes() throws Exception {
        WatchedDevice device = new WatchedDevice("written", true, 4);
        with(server -> {
            try (BlockClient client = connect(server); BlockClient other = connect(server)) {
                byte[] bytes = org.imagingutility.tck.Content.random(1_300_001, 5);
                client.write(777, bytes);
                Expect.equalBytes(bytes, device.content(777, 777 + bytes.length), "what was written");
                expect(device, client, 700, 200);
                expect(device, other, 700, 200);
                int before = device.flushes();
                client.flush();
                Expect.that(device.flushes() > before, "the device was not asked to force what was written");
            }
        }, device);
    }

    private void readOnly() throws Exception {
        WatchedDevice device = readable("read");
        with(server -> {
            try (BlockClient client = connect(server)) {
                Expect.failsSomehowInClient("writing to what is read only", () -> client.write(0, new byte[100]));
            }
            try (BlockClient client = connect(server)) {
                expect(device, client, 0, 100);
            }
        }, device);
    }

    private void nonsense() throws Exception {
        WatchedDevice device = readable("read");
        Random random = new Random(RandomSeed.get());
        with(server -> {
            try (BlockClient client = connect(server)) {
                for (int i = 0; i < HOSTILE; i++) {
                    byte[] bytes = new byte[random.nextInt(1 << i % 12)];
                    random.nextBytes(bytes);
                    fixture.say(server.addresses().get(0), bytes);
                    expect(device, client, i * 100, 100);
                }
            }
        }, device);
    }

    private void held() throws Exception {
        WatchedDevice device = readable("read");
        with(server -> {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try (BlockClient client = connect(server)) {
                    expect(device, client, WatchedDevice.HELD - 10, 20);
                } catch (Exception | AssertionError e) {
                    failure.set(e);
                }
            });
            waiting.start();
            device.awaitHeld();
            try (BlockClient client = connect(server)) {
                expect(device, client, 0, 100);
            } finally {
                device.release();
                waiting.join();
            }
            Expect.equal(null, failure.get(), "what the client that waited met with");
        }, device);
    }

    private void bound() throws Exception {
        WatchedDevice device = readable("read");
        with(server -> {
            BlockClient[] clients = new BlockClient[CONNECTIONS];
            for (int i = 0; i < CONNECTIONS; i++) {
                clients[i] = connect(server);
                expect(device, clients[i], i, 10);
            }
            Expect.failsSomehowInClient("one connection more than may be", () -> connect(server).read(0, 1));
            expect(device, clients[0], 0, 10);
            for (BlockClient client : clients) {
                client.close();
            }
            // the last of them may still be on its way out
            for (boolean served = false; !served;) {
                try (BlockClient client = connect(server)) {
                    expect(device, client, 0, 10);
                    served = true;
                } catch (Exception e) {
                    Thread.onSpinWait();
                }
            }
        }, device);
    }

    private void statistics() throws Exception {
        WatchedDevice device = new WatchedDevice("written", true, 6);
        RunningServer server = start(fixture.newEndpoint(), device);
        try (server) {
            Expect.equal(0L, server.statistics().connections(), "connections before the first");
            try (BlockClient client = connect(server)) {
                client.read(0, 1000);
                client.write(0, new byte[300]);
                Expect.failsSomehowInClient("reading what is damaged", () -> client.read(WatchedDevice.DAMAGED, 1));
            }
        }
        Expect.that(server.statistics().connections() >= 1, "no connection was counted");
        Expect.that(server.statistics().requests() >= 3, "%d requests were counted of 3", server.statistics().requests());
        Expect.that(server.statistics().errors() >= 1, "no error was counted");
        Expect.that(server.statistics().bytesRead() >= 1000, "%d bytes read were counted", server.statistics().bytesRead());
        Expect.equal(300L, server.statistics().bytesWritten(), "bytes written");
    }

    private void closed() throws Exception {
        WatchedDevice device = readable("read");
        RunningServer server = start(fixture.newEndpoint(), device);
        Thread reading = new Thread(() -> {
            try (BlockClient client = connect(server)) {
                client.read(WatchedDevice.HELD, 1);
            } catch (Exception e) {
                // its connection ends
                Thread.yield();
            }
        });
        reading.start();
        device.awaitHeld();
        CountDownLatch about = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread closing = new Thread(() -> {
            about.countDown();
            try {
                server.close();
                Expect.equal(0, device.inside(), "calls of the device that are under way when the server is closed");
            } catch (ImagingException | RuntimeException | AssertionError e) {
                failure.set(e);
            }
        });
        closing.start();
        about.await();
        // time enough for a server that does not wait to be found out; one that waits passes however long this takes
        closing.join(100);
        device.release();
        closing.join();
        reading.join();
        Expect.equal(null, failure.get(), "what closing met with");
        server.close();
        Expect.failsSomehowInClient("a client after closing", () -> connect(server).read(0, 1));
        Expect.equal(0, device.inside(), "calls of the device after closing");
    }

    private void addressInUse() throws Exception {
        Endpoint endpoint = fixture.newEndpoint();
        WatchedDevice device = readable("read");
        for (int i = 0; i < 2; i++) {
            try (RunningServer server = start(endpoint, device)) {
                Expect.fails(TargetException.class, "a second server at the same place", () -> start(endpoint, device).close());
                try (BlockClient client = connect(server)) {
                    expect(device, client, 0, 10);
                }
            }
        }
    }
}
