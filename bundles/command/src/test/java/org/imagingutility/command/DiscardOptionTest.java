package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.config.JobDefaults;
import org.imagingutility.command.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --discard} of the commands that restore. */
class DiscardOptionTest {
    private final FakeService service = new FakeService();

    private int run(Configuration configuration, String... args) {
        PrintStream stream = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new CommandLineRunner(service, configuration, false).run(args, Console.of(stream, stream, null, Map.of()));
    }

    private int run(String... args) {
        return run(new Configuration(Optional.empty()), args);
    }

    @Test
    void isOffUnlessItIsAskedFor() {
        run("restore", "--in=i", "--device=d");
        run("restore", "--in=i", "--device=d", "--discard");
        run("restore", "--in=i", "--device=d", "--discard=false");
        assertThat(service.requests).containsExactly(
                new RestoreRequest("i", "d", false, false, false, false, PipelineOptions.DEFAULT),
                new RestoreRequest("i", "d", false, true, false, false, PipelineOptions.DEFAULT),
                new RestoreRequest("i", "d", false, false, false, false, PipelineOptions.DEFAULT));
    }

    @Test
    void isAnOptionOfSetsAsWell() {
        service.manifest = FakeService.manifest(512);
        assertThat(run("restore-set", "--set-dir=s", "--device=d", "--force", "--discard")).isZero();
        assertThat(service.requests).contains(
                new RestoreSetRequest("s", "d", OptionalInt.empty(), false, true, true, false, PipelineOptions.DEFAULT));
    }

    @Test
    void canBeTheDefault(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("org.imagingutility.command.cfg"), "restore.discard = true\n");
        Configuration configuration = new Configuration(Optional.of(folder));
        configuration.bindGroup(new JobDefaults());
        run(configuration, "restore", "--in=i", "--device=d");
        assertThat(service.requests).containsExactly(
                new RestoreRequest("i", "d", false, true, false, false, PipelineOptions.DEFAULT));
    }
}
