package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of jobs have in common: a folder, an engine that does as told, and the jobs. */
abstract class JobsTrial {
    static final RestoreRequest RESTORE = new RestoreRequest("i", "t", false, false, false,
            PipelineOptions.DEFAULT);

    @TempDir
    Path data;
    final ScriptedEngine engine = new ScriptedEngine();
    final Listeners listeners = new Listeners();
    Jobs jobs;

    @BeforeEach
    void open() {
        jobs = new Jobs(engine, data, listeners);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    String onDisk(int id) throws IOException {
        return Files.readString(data.resolve("jobs/" + id + ".json"));
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            ScriptedEngine.nap();
        }
    }

    /** Skips the test where there are none: Windows has them since Windows 10 1803 and Server 2019, Wine 8 has none. */
    static void requireLocalSockets() throws IOException {
        try {
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (UnsupportedOperationException e) {
            assumeTrue(false, "this system has no Unix domain sockets");
        }
    }
}
