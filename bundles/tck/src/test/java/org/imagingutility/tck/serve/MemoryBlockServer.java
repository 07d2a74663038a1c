package org.imagingutility.tck.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedDevice;

/** A server whose clients call it: the simplest that keeps the contract, or breaks it in the ways that it is told to. */
final class MemoryBlockServer implements BlockServer {
    private final Set<Flaw> flaws;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** What it does wrong. */
    enum Flaw {
        ONE_DEVICE_FOR_ALL, PASSES_ALL_ON, HIDES_DAMAGE, FORGETS_FLUSH, TAKES_ANY_NUMBER, WAITS_FOR_NOBODY, COUNTS_NOTHING, SHARES_ADDRESSES
    }

    MemoryBlockServer(Flaw... flaws) {
        this.flaws = Set.of(flaws);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public RunningServer start(ServeSettings settings, List<ServedDevice> devices, ServeEvents events) throws ImagingException {
        String place = ((Endpoint.UnixSocket) settings.endpoint()).path();
        Running server = new Running(place, settings.connections(), devices);
        if (running.putIfAbsent(place, server) != null && !flaws.contains(Flaw.SHARES_ADDRESSES)) {
            throw new TargetException(place, -1, "is in use", null, null);
        }
        return server;
    }

    BlockClient connect(String address) throws IOException {
        int end = address.lastIndexOf('/');
        Running server = running.get(address.substring(0, end));
        if (server == null) {
            throw new IOException("nobody listens");
        }
        return server.connect(Integer.parseInt(address.substring(end + 1)));
    }

    private final class Running implements RunningServer {
        private final String place;
        private final int most;
        private final List<ServedDevice> devices;
        private final LongAdder connections = new LongAdder();
        private final LongAdder requests = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final LongAdder read = new LongAdder();
        private final LongAdder written = new LongAdder();
        private int connected;
        private int inside;
        private boolean closed;

        Running(String place, int most, List<ServedDevice> devices) {
            this.place = place;
            this.most = most;
            this.devices = devices;
        }

        @Override
        public List<String> addresses() {
            return IntStream.range(0, devices.size()).mapToObj(i -> place + "/" + i).toList();
        }

        @Override
        public ServeStatistics statistics() {
            return flaws.contains(Flaw.COUNTS_NOTHING) ? ServeStatistics.NONE : new ServeStatistics(connections.sum(), requests.sum(),
                    errors.sum(), read.sum(), written.sum());
        }

        synchronized Client connect(int device) throws IOException {
            if (closed || connected == most && !flaws.contains(Flaw.TAKES_ANY_NUMBER)) {
                throw new IOException("turned away");
            }
            connected++;
            connections.increment();
            return new Client(this, devices.get(flaws.contains(Flaw.ONE_DEVICE_FOR_ALL) ? 0 : device));
        }

        synchronized void left() {
            connected--;
        }

        private synchronized void enter() throws IOException {
            if (closed) {
                throw new IOException("the connection ended");
            }
            inside++;
        }

        private synchronized void exit() {
            inside--;
            notifyAll();
        }

        void call(Request request) throws Exception {
            enter();
            requests.increment();
            try {
                request.run();
            } catch (ImagingException | RuntimeException | IOException e) {
                errors.increment();
                throw e;
            } finally {
                exit();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            running.remove(place, this);
            while (inside > 0 && !flaws.contains(Flaw.WAITS_FOR_NOBODY)) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private interface Request {
        void run() throws Exception;
    }

    private final class Client implements BlockClient {
        private final Running server;
        private final ServedDevice device;

        Client(Running server, ServedDevice device) {
            this.server = server;
            this.device = device;
        }

        private void check(long offset, int length) throws IOException {
            boolean outside = offset < 0 || offset > device.length() || length > device.length() - offset;
            if (outside && !flaws.contains(Flaw.PASSES_ALL_ON)) {
                throw new IOException("outside");
            }
        }

        @Override
        public long length() {
            return device.length();
        }

        @Override
        public byte[] read(long offset, int length) throws Exception {
            ByteBuffer target = ByteBuffer.allocate(length);
            server.call(() -> {
                check(offset, length);
                try {
                    device.read(offset, target);
                } catch (ImagingException e) {
                    if (!flaws.contains(Flaw.HIDES_DAMAGE)) {
                        throw e;
                    }
                }
                server.read.add(length);
            });
            return target.array();
        }

        @Override
        public void write(long offset, byte[] bytes) throws Exception {
            server.call(() -> {
                check(offset, bytes.length);
                if (!device.writable() && !flaws.contains(Flaw.PASSES_ALL_ON)) {
                    throw new IOException("read only");
                }
                device.write(offset, ByteBuffer.wrap(bytes));
                server.written.add(bytes.length);
            });
        }

        @Override
        public void flush() throws Exception {
            server.call(() -> {
                if (!flaws.contains(Flaw.FORGETS_FLUSH)) {
                    device.flush();
                }
            });
        }

        @Override
        public void close() {
            server.left();
        }
    }
}
