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
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedImage;

/** A server of files whose clients call it: the simplest that keeps the contract, or breaks it in the ways that it is told to. */
final class MemoryFileServer implements FileServer {
    private final Set<Flaw> flaws;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** What it does wrong. */
    enum Flaw {
        ONE_IMAGE_FOR_ALL, HIDES_DAMAGE, LEAVES_TREES_OPEN, WAITS_FOR_NOBODY, COUNTS_NOTHING, SHARES_ADDRESSES
    }

    MemoryFileServer(Flaw... flaws) {
        this.flaws = Set.of(flaws);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public RunningServer start(ServeSettings settings, List<ServedImage> images, ServeEvents events) throws ImagingException {
        String place = settings.endpoint().toString();
        Running server = new Running(place, images);
        if (running.putIfAbsent(place, server) != null && !flaws.contains(Flaw.SHARES_ADDRESSES)) {
            throw new TargetException(place, -1, "is taken", null, null);
        }
        return server;
    }

    byte[] fetch(String address, List<String> names) throws IOException {
        int end = address.lastIndexOf('/');
        Running server = running.get(address.substring(0, end));
        if (server == null) {
            throw new IOException("nobody listens");
        }
        return server.fetch(Integer.parseInt(address.substring(end + 1)), names);
    }

    private final class Running implements RunningServer {
        private final String place;
        private final List<ServedImage> images;
        private final LongAdder requests = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private int busy;

        Running(String place, List<ServedImage> images) {
            this.place = place;
            this.images = images;
        }

        byte[] fetch(int image, List<String> names) throws IOException {
            enter(1);
            requests.increment();
            try {
                FileTree tree = images.get(flaws.contains(Flaw.ONE_IMAGE_FOR_ALL) ? 0 : image).volumes().get(0).open();
                try {
                    byte[] read = read(tree, String.join("/", names));
                    bytes.add(read.length);
                    return read;
                } finally {
                    if (!flaws.contains(Flaw.LEAVES_TREES_OPEN)) {
                        tree.close();
                    }
                }
            } catch (ImagingException e) {
                errors.increment();
                throw new IOException(e);
            } finally {
                enter(-1);
            }
        }

        private byte[] read(FileTree tree, String path) throws ImagingException {
            try (FileContent content = tree.open(TreePath.find(tree, path, true).node())) {
                ByteBuffer target = ByteBuffer.allocate((int) content.length());
                try {
                    content.read(0, target);
                } catch (ImagingException e) {
                    if (!flaws.contains(Flaw.HIDES_DAMAGE)) {
                        throw e;
                    }
                }
                return target.array();
            }
        }

        private synchronized void enter(int change) {
            busy += change;
            notifyAll();
        }

        @Override
        public List<String> addresses() {
            return IntStream.range(0, images.size()).mapToObj(number -> place + "/" + number).toList();
        }

        @Override
        public ServeStatistics statistics() {
            return flaws.contains(Flaw.COUNTS_NOTHING) ? ServeStatistics.NONE
                    : new ServeStatistics(requests.sum(), requests.sum(), errors.sum(), bytes.sum(), 0);
        }

        @Override
        public synchronized void close() {
            running.remove(place, this);
            while (busy > 0 && !flaws.contains(Flaw.WAITS_FOR_NOBODY)) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
