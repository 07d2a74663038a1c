package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job whose process is killed midway is there for the next process, which continues it. */
@Timeout(120)
class KilledJobIT {
    private static final int LENGTH = 48 << 20;

    @Test
    void aKilledJobIsInterruptedAndResumesToTheImageThatAnUndisturbedOneMakes() throws Exception {
        Path folder = Built.newFolder("killed");
        Path device = randomFile(folder.resolve("device.raw"));
        Path undisturbed = folder.resolve("undisturbed.skzimg");
        Path killed = folder.resolve("killed.skzimg");
        assertThat(run(folder, "submit", device.toString(), undisturbed.toString())).isEqualTo("1 image DONE \n");

        Process process = start(folder, "hold", device.toString(), killed.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThat(run(folder, "list")).isEqualTo("1 image DONE \n2 image RUNNING in process " + process.pid() + "\n");
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isNotZero();
        assertThat(killed).doesNotExist();
        assertThat(killed.resolveSibling(killed.getFileName() + ".partial")).isNotEmptyFile();

        assertThat(run(folder, "list")).isEqualTo("1 image DONE \n2 image INTERRUPTED its process ended\n");
        assertThat(run(folder, "resume", "2")).isEqualTo("2 image DONE \n");
        assertThat(Files.mismatch(killed, undisturbed)).isEqualTo(-1);
        assertThat(run(folder, "list")).isEqualTo("1 image DONE \n2 image DONE \n");
    }

    private static Path randomFile(Path file) throws IOException {
        byte[] content = new byte[LENGTH];
        new Random(4711).nextBytes(content);
        return Files.write(file, content);
    }

    private static String run(Path folder, String... args) throws Exception {
        Process process = start(folder, args);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", args) + "\n" + out).isZero();
        return out.replace(System.lineSeparator(), "\n");
    }

    private static Process start(Path folder, String... args) throws IOException {
        List<Path> modules = new ArrayList<>();
        for (String name : List.of("api", "engine", "format-skz", "codec-zstd", "device-file", "allocator-all", "store-file",
                "file-io")) {
            modules.add(Built.bundle("org.imagingutility." + name + "-"));
        }
        for (String library : List.of("zstd-jni", "jackson-core")) {
            modules.add(Built.bundle(library));
        }
        List<String> command = new ArrayList<>(List.of(Run.java(), "-Dimaging.data=" + folder.resolve("data"), "--module-path",
                modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "--add-modules", "ALL-MODULE-PATH", "-cp", System.getProperty("imaging.testClasses"),
                "org.imagingutility.itests.JobsMain"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        // one time of creation, so that the two images can be the same
        builder.environment().put("SOURCE_DATE_EPOCH", "1700000000");
        return builder.start();
    }
}
