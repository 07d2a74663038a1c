package org.imagingutility.tck.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/**
 * What every {@link FileServer} keeps: clients get files whole, or see that they do not; and once a server is closed, nothing of a volume is asked
 * or open any more. What the protocol's words are only a client knows, so the tester brings one.
 */
public final class FileServerContract implements Contract {
    private static final int CONNECTIONS = 8;
    private static final List<String> WHOLE = List.of("folder of files", "whole");

    private final Fixture fixture;

    /** Creates the contract for the server of {@code fixture}. */
    public FileServerContract(Fixture fixture) {
        this.fixture = fixture;
    }

    /** What the contract needs of the one who tests a server. */
    public interface Fixture {

        /** Returns the server. */
        FileServer server();

        /** Returns a place to listen on that is free; each time another. */
        Endpoint newEndpoint() throws Exception;

        /**
         * Fetches a file.
         *
         * @param address what {@link RunningServer#addresses} has for the image
         * @param partition number of the partition, of a disk
         * @param names the names that lead to the file
         * @return all its bytes
         * @throws Exception if the server answers by an error, or by less than it announced
         */
        byte[] fetch(String address, OptionalInt partition, List<String> names) throws Exception;
    }

    @Override
    public List<ContractCheck> checks() {
        return List.of(new ContractCheck("has a permanent name", () -> Expect.permanentName(fixture.server().name())),
                new ContractCheck("has an address for each image, by which its files are found", this::images),
                new ContractCheck("many clients at once get whole files", this::manyClients),
                new ContractCheck("what cannot be read to its end is not taken for whole", this::damage),
                new ContractCheck("counts what it does", this::statistics),
                new ContractCheck("asks no volume any more when it is closed", this::closed),
                new ContractCheck("an address in use is an error, and free again after closing", this::addressInUse));
    }

    private static WatchedVolume volume() {
        return new WatchedVolume(OptionalInt.empty(), 1);
    }

    private RunningServer start(Endpoint endpoint, WatchedVolume... volumes) throws ImagingException {
        List<ServedImage> images = new ArrayList<>();
        for (WatchedVolume volume : volumes) {
            images.add(new ServedImage("image " + (images.size() + 1), "an image", List.of(volume)));
        }
        return fixture.server().start(new ServeSettings(endpoint, Optional.empty(), CONNECTIONS), images, new Unheard());
    }

    private interface Trial {
        void run(RunningServer server) throws Exception;
    }

    /** Runs something with a server of these volumes, and looks whether all their trees are closed at the end. */
    private void with(Trial trial, WatchedVolume... volumes) throws Exception {
        try (RunningServer server = start(fixture.newEndpoint(), volumes)) {
            trial.run(server);
        }
        for (WatchedVolume volume : volumes) {
            Expect.equal(0, volume.trees(), "trees that stay open");
        }
    }

    private void expect(WatchedVolume volume, RunningServer server, int image) throws Exception {
        Expect.equalBytes(volume.content(), fixture.fetch(server.addresses().get(image), volume.partition(), WHOLE), "a file");
    }

    private void images() throws Exception {
        WatchedVolume first = volume();
        WatchedVolume disk = new WatchedVolume(OptionalInt.of(3), 2);
        with(server -> {
            Expect.equal(2, server.addresses().size(), "addresses of two images");
            expect(first, server, 0);
            expect(disk, server, 1);
            Expect.equalBytes(new byte[0], fixture.fetch(server.addresses().get(0), OptionalInt.empty(), List.of("folder of files", "none")),
                    "an empty file");
            Expect.failsSomehowInClient("a file that is not there", () -> fixture.fetch(server.addresses().get(0), OptionalInt.empty(), List.of("absent")));
        }, first, disk);
    }

    private void manyClients() throws Exception {
        WatchedVolume one = volume();
        WatchedVolume other = new WatchedVolume(OptionalInt.empty(), 2);
        with(server -> Threads.together(thread -> expect(thread % 2 == 0 ? one : other, server, thread % 2)), one, other);
    }

    private void damage() throws Exception {
        WatchedVolume volume = volume();
        with(server -> {
            for (String name : List.of("damaged", "lost")) {
                Expect.failsSomehowInClient("a file that cannot be read", () -> fixture.fetch(server.addresses().get(0), OptionalInt.empty(), List.of(name)));
            }
            expect(volume, server, 0);
        }, volume);
    }

    private void statistics() throws Exception {
        WatchedVolume volume = volume();
        RunningServer server = start(fixture.newEndpoint(), volume);
        try (server) {
            Expect.equal(0L, server.statistics().requests(), "requests before the first");
            expect(volume, server, 0);
            Expect.failsSomehowInClient("a file that cannot be read", () -> fixture.fetch(server.addresses().get(0), OptionalInt.empty(), List.of("lost")));
        }
        Expect.that(server.statistics().connections() >= 1, "no connection was counted");
        Expect.that(server.statistics().requests() >= 2, "%d requests were counted of 2", server.statistics().requests());
        Expect.that(server.statistics().errors() >= 1, "no error was counted");
        Expect.that(server.statistics().bytesRead() >= WatchedVolume.LENGTH, "%d bytes read were counted", server.statistics().bytesRead());
    }

    private void closed() throws Exception {
        WatchedVolume volume = volume();
        RunningServer server = start(fixture.newEndpoint(), volume);
        Thread reading = new Thread(() -> {
            try {
                fixture.fetch(server.addresses().get(0), OptionalInt.empty(), List.of("held"));
            } catch (Exception e) {
                // its connection ends
                Thread.yield();
            }
        });
        reading.start();
        volume.awaitHeld();
        CountDownLatch about = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread closing = new Thread(() -> {
            about.countDown();
            try {
                server.close();
                Expect.equal(0, volume.inside(), "calls that are under way when the server is closed");
                Expect.equal(0, volume.trees(), "trees that are open when the server is closed");
            } catch (ImagingException | RuntimeException | AssertionError e) {
                failure.set(e);
            }
        });
        closing.start();
        about.await();
        // time enough for a server that does not wait to be found out; one that waits passes however long this takes
        closing.join(100);
        volume.release();
        closing.join();
        reading.join();
        Expect.equal(null, failure.get(), "what closing met with");
        server.close();
        Expect.failsSomehowInClient("a client after closing", () -> fixture.fetch(server.addresses().get(0), OptionalInt.empty(), WHOLE));
    }

    private void addressInUse() throws Exception {
        Endpoint endpoint = fixture.newEndpoint();
        WatchedVolume volume = volume();
        for (int i = 0; i < 2; i++) {
            try (RunningServer server = start(endpoint, volume)) {
                Expect.fails(TargetException.class, "a second server at the same place", () -> start(endpoint, volume).close());
                expect(volume, server, 0);
            }
        }
    }
}
