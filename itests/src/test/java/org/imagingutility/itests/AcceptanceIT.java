package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, signed, with the policy that takes only signed bundles and without: what becomes of somebody else's codec. */
@Timeout(180)
class AcceptanceIT {
    private static final Path CACHE = Built.newFolder("cache");
    private static final String REASON = "not signed by a trusted certificate: it has no signature";
    @TempDir
    private static Path work;
    private static Path home;
    private static Path unsigned;
    private static Path signed;

    @BeforeAll
    static void signTheDistribution() throws Exception {
        Signer trusted = new Signer(work, "trusted");
        home = work.resolve("home with blank");
        try (Stream<Path> files = Files.walk(Built.home())) {
            for (Path file : files.toList()) {
                Path copy = home.resolve(Built.home().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    if (file.startsWith(Built.home().resolve("bundles"))) {
                        trusted.sign(copy);
                    }
                }
            }
        }
        trusted.writeCertificate(home.resolve("conf/trusted.pem"));
        unsigned = ExampleCodec.build(Files.createDirectories(work.resolve("unsigned")), "1.0.0");
        signed = ExampleCodec.build(Files.createDirectories(work.resolve("signed")), "1.0.1");
        trusted.sign(signed);
    }

    private static void policy(boolean on) throws IOException {
        Files.writeString(home.resolve("conf/acceptance.properties"), "signed-bundles-only = " + on + "\ntrusted = trusted.pem\n");
    }

    private static void deploy(Path jar) throws IOException {
        Path arriving = home.resolve("deploy/codec.arriving");
        Files.copy(jar, arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, home.resolve("deploy/codec.jar"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Run imaging(String... args) throws Exception {
        return Run.of(CACHE, Stream.concat(Stream.of(Run.script(home)), Stream.of(args)).toArray(String[]::new));
    }

    private static boolean offersDeflate(Run run) {
        return run.out().lines().anyMatch(line -> line.matches("codec +deflate +40001 .* ACTIVE.*"));
    }

    @Test
    void withThePolicyOnOnlyTheSignedJarIsStarted() throws Exception {
        policy(true);
        deploy(unsigned);
        Run refused = imaging("plugins");
        assertThat(refused.exitCode()).isZero();
        assertThat(offersDeflate(refused)).isFalse();
        assertThat(refused.out()).containsPattern("refused: " + ExampleCodec.NAME + " 1\\.0\\.0 \\(.*codec\\.jar\\): " + REASON);
        assertThat(refused.err()).contains("bundle " + ExampleCodec.NAME + " 1.0.0").contains("is refused: " + REASON);
        deploy(signed);
        Run taken = imaging("plugins");
        assertThat(taken.err()).isEmpty();
        assertThat(taken.out()).doesNotContain("refused");
        assertThat(offersDeflate(taken)).isTrue();
    }

    @Test
    void withThePolicyOffBothAreStarted() throws Exception {
        policy(false);
        for (Path jar : List.of(unsigned, signed)) {
            deploy(jar);
            Run taken = imaging("plugins");
            assertThat(taken.err()).isEmpty();
            assertThat(offersDeflate(taken)).isTrue();
        }
    }

    @Test
    void aShellTakesASignedJarWhileItRunsAndRefusesAnUnsignedOne() throws Exception {
        policy(true);
        Files.deleteIfExists(home.resolve("deploy/codec.jar"));
        Path data = work.resolve("data");
        ProcessBuilder builder = new ProcessBuilder(Run.script(home), "shell").redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", CACHE.toString());
        builder.environment().put("LOCALAPPDATA", CACHE.toString());
        builder.environment().put("IMAGINGUTILITY_DATA", data.toString());
        Process process = builder.start();
        try (PrintStream in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(plugins(in, out)).noneMatch(line -> line.contains("deflate"));
            deploy(unsigned);
            List<String> refused = until(in, out, "refused: " + ExampleCodec.NAME + " 1\\.0\\.0 .*");
            assertThat(refused).noneMatch(line -> line.matches("codec +deflate .*"));
            assertThat(refused).anyMatch(line -> line.contains(REASON));
            deploy(signed);
            List<String> taken = until(in, out, "codec +deflate .* 1\\.0\\.1 +ACTIVE");
            assertThat(taken).noneMatch(line -> line.startsWith("refused"));
            in.println("exit");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        try (Stream<Path> logs = Files.list(data.resolve("log"))) {
            StringBuilder log = new StringBuilder();
            for (Path file : logs.toList()) {
                log.append(Files.readString(file));
            }
            assertThat(log.toString()).contains("bundle " + ExampleCodec.NAME + " 1.0.0").contains("is refused: " + REASON);
        }
    }

    /** Types {@code plugins} and returns all that is told up to its end. */
    private static List<String> plugins(PrintStream in, BufferedReader out) throws IOException {
        in.println("plugins");
        in.println("echo end-of-list");
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); !"end-of-list".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new AssertionError("the shell ended: " + lines);
            }
            lines.add(line);
        }
        return lines;
    }

    /** Types {@code plugins} until a line of it is as wanted; the folder is looked at twice a second. */
    private static List<String> until(PrintStream in, BufferedReader out, String wanted) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; Thread.sleep(200)) {
            List<String> lines = plugins(in, out);
            if (lines.stream().anyMatch(line -> line.matches(wanted))) {
                return lines;
            }
        }
        throw new AssertionError("no line was \"" + wanted + "\" within 60 s: " + plugins(in, out));
    }
}
