package org.imagingutility.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job around a server. */
class ServeJobTest {
    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private byte[] content;

    @BeforeEach
    void makeImage() throws Exception {
        content = new byte[300_000];
        new Random(4).nextBytes(content);
        Files.write(folder.resolve("device"), content);
        engine.image(TestEngine.request(folder.resolve("device"), folder.resolve("image"), true, 1), JobMonitor.NONE);
    }

    /** A protocol without clients: it reads each device once and says what it does. */
    private final class Protocol implements BlockServer {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public RunningServer start(ServeSettings settings, List<ServedDevice> devices, ServeEvents events) throws ImagingException {
            if (settings.endpoint() instanceof Endpoint.UnixSocket socket && socket.path().equals("taken")) {
                throw new TargetException("taken", -1, "is taken", null, null);
            }
            for (ServedDevice device : devices) {
                ByteBuffer target = ByteBuffer.allocate((int) device.length());
                device.read(0, target);
                happened.add(device.name() + (java.util.Arrays.equals(target.array(), content) ? " read" : " differs"));
            }
            return new RunningServer() {
                @Override
                public List<String> addresses() {
                    return devices.stream().map(ServedDevice::name).toList();
                }

                @Override
                public ServeStatistics statistics() {
                    return new ServeStatistics(1, 2, 0, 3, 4);
                }

                @Override
                public void close() {
                    happened.add("closed");
                }
            };
        }
    }

    private void install() {
        engine.installed().blockServers().add(new Protocol(), 0, () -> Origin.ofModule(this));
    }

    /** Asked how often it was asked, whether the job is to stop. */
    private ServeResult serve(String protocol, String socket, IntPredicate stop) throws ImagingException {
        int[] asked = new int[1];
        ServeRequest.Export export = new ServeRequest.Export("x", folder.resolve("image").toString(), false, Optional.empty());
        return engine.serve(new ServeRequest(protocol, List.of(export), new ServeSettings(new Endpoint.UnixSocket(socket), Optional.empty(), 1),
                ServeRequest.DEFAULT_CACHE, PipelineOptions.DEFAULT), new JobMonitor() {
                    @Override
                    public boolean cancelled() {
                        return stop.test(++asked[0]);
                    }
                });
    }

    @Test
    void servesUntilItIsCancelledAndSaysWhatWasDone() throws Exception {
        install();
        ServeResult result = serve("test", "s", count -> !happened.isEmpty() && count > 5);
        assertThat(happened).containsExactly("x read", "closed");
        assertThat(result.statistics()).isEqualTo(new ServeStatistics(1, 2, 0, 3, 4));
        assertThat(engine.plugins()).allMatch(plugin -> plugin.users().isEmpty());
    }

    @Test
    void aServerThatIsReplacedListensAgainAndTheCountGoesOn() throws Exception {
        install();
        boolean[] swapped = new boolean[1];
        ServeResult result = serve("test", "s", count -> {
            if (happened.size() == 1 && !swapped[0]) {
                swapped[0] = true;
                Thread swap = new Thread(() -> {
                    engine.installed().blockServers().all().forEach(engine.installed().blockServers()::remove);
                    install();
                });
                swap.setDaemon(true);
                swap.start();
            }
            return happened.size() >= 3;
        });
        assertThat(happened).containsExactly("x read", "closed", "x read", "closed");
        assertThat(result.statistics()).isEqualTo(new ServeStatistics(2, 4, 0, 6, 8));
    }

    @Test
    void whatCannotBeServedIsSaidAndNothingStaysOpen() {
        assertThatThrownBy(() -> serve("nothing", "s", count -> false)).isInstanceOf(UsageException.class)
                .hasMessageContaining("no block server \"nothing\"");
        install();
        assertThatThrownBy(() -> serve("test", "taken", count -> false)).isInstanceOf(TargetException.class);
        assertThatThrownBy(() -> engine.serve(new ServeRequest("test", List.of(new ServeRequest.Export("", folder.resolve("none").toString(),
                false, Optional.empty())), new ServeSettings(new Endpoint.UnixSocket("s"), Optional.empty(), 1), ServeRequest.DEFAULT_CACHE,
                PipelineOptions.DEFAULT), JobMonitor.NONE)).isInstanceOf(ImagingException.class);
        assertThat(engine.plugins()).allMatch(plugin -> plugin.users().isEmpty());
    }
}
