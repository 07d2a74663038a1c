package org.imagingutility.engine.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.repository.ForgetRequest;
import org.imagingutility.api.repository.ForgetResult;
import org.imagingutility.api.repository.PruneRequest;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RetentionPolicy;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgets images of a repository in a folder, and prunes it; days go by for the files of it. */
class PruneTest {
    private static final int FRAME = 256 << 10;

    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private String repository;

    @BeforeEach
    void init() throws Exception {
        repository = folder.resolve("r").toString();
        engine.initRepository(repository);
        image("a", 1);
        image("b", 2);
    }

    private void image(String name, int seed) throws Exception {
        byte[] content = new byte[4 * FRAME];
        new Random(seed).nextBytes(content);
        Path device = Files.write(folder.resolve("device"), content);
        engine.image(TestEngine.request(device, Path.of(repository + "#" + name), true, 1), JobMonitor.NONE);
    }

    /** Makes all objects two days older, as their times in the place and in themselves are. */
    private void twoDaysGoBy() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(repository))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (file.toString().contains("prune")) {
                    String text = Files.readString(file);
                    int at = text.indexOf("\"time\":\"") + "\"time\":\"".length();
                    String time = text.substring(at, text.indexOf('"', at));
                    Files.writeString(file, text.replace(time, Instant.parse(time).minus(2, ChronoUnit.DAYS).toString()));
                }
                Files.setLastModifiedTime(file, FileTime.from(Files.getLastModifiedTime(file).toInstant().minus(2, ChronoUnit.DAYS)));
            }
        }
    }

    private PruneResult prune(boolean dryRun) throws Exception {
        PruneResult result = engine.prune(new PruneRequest(repository, dryRun), JobMonitor.NONE);
        assertThat(engine.checkRepository(new RepositoryCheckRequest(repository, 1), JobMonitor.NONE).damages()).isEmpty();
        return result;
    }

    private ForgetResult forget(String... images) throws Exception {
        return engine.forget(new ForgetRequest(repository, List.of(images), Optional.empty(), false));
    }

    private String only(String name) throws Exception {
        String reference = engine.images(repository, Optional.of(name)).get(0).reference();
        return reference.substring(reference.indexOf('#') + 1);
    }

    @Test
    void whatNoImageNeedsIsDeletedByTheSecondPrune() throws Exception {
        assertThat(forget(only("a")).forgotten()).isEqualTo(1);
        assertThat(prune(false).condemned()).as("what is young is left alone").isZero();
        twoDaysGoBy();
        assertThat(prune(true).condemned()).isEqualTo(5);
        PruneResult found = prune(false);
        assertThat(found.condemned()).isEqualTo(5);
        assertThat(found.deleted()).isZero();
        PruneResult soon = prune(false);
        assertThat(soon.deleted() + soon.condemned()).isZero();
        assertThat(soon.waiting()).isEqualTo(5);
        twoDaysGoBy();
        assertThat(prune(true).deleted()).isEqualTo(5);
        assertThat(prune(false).deleted()).isEqualTo(5);
        assertThat(engine.repository(repository).frames()).isEqualTo(4);
        twoDaysGoBy();
        prune(false);
        try (Stream<Path> left = Files.walk(Path.of(repository).resolve("prune"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatARunNeedsMeanwhileIsKept() throws Exception {
        forget(only("a"));
        twoDaysGoBy();
        assertThat(prune(false).condemned()).isEqualTo(5);
        twoDaysGoBy();
        image("again", 1);
        assertThat(prune(false).deleted()).isZero();
        assertThat(engine.repository(repository).frames()).isEqualTo(8);
    }

    @Test
    void nothingIsPrunedWhileAnImageCannotBeRead() throws Exception {
        try (Stream<Path> all = Files.walk(Path.of(repository).resolve("images/a"))) {
            Files.writeString(all.filter(Files::isRegularFile).findFirst().orElseThrow(), "{");
        }
        assertThatThrownBy(() -> engine.prune(new PruneRequest(repository, false), JobMonitor.NONE)).isInstanceOf(ImageDamagedException.class)
                .hasMessageContaining("nothing is pruned");
    }

    @Test
    void rulesAreOfEachName() throws Exception {
        ForgetResult all = engine.forget(new ForgetRequest(repository, List.of(), Optional.of(new RetentionPolicy(1, 0, 0, 0, 0, 0)), true));
        assertThat(all.images()).hasSize(2).allMatch(image -> image.kept());
        assertThatThrownBy(() -> forget("a")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> forget("a@1999")).isInstanceOf(UsageException.class);
        assertThat(engine.images(repository, Optional.empty())).hasSize(2);
    }

    @Test
    void aWrongClockPrunesNothing() throws Exception {
        forget(only("a"));
        twoDaysGoBy();
        try (Repository opened = Repository.open(engine.installed().blobStoreFor(repository).open(repository), millis -> { }, new RepositoryClock() {
            @Override
            public Instant now() {
                return Instant.now().plus(3, ChronoUnit.DAYS);
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        })) {
            assertThatThrownBy(() -> Pruner.run(opened, new ProgressReporter(JobMonitor.NONE, "Pruning", repository, 1), false)).isInstanceOf(BlobException.class).hasMessageContaining("by a wrong clock");
        }
        try (Stream<Path> all = Files.walk(Path.of(repository))) {
            assertThat(all.filter(Files::isRegularFile)).noneMatch(file -> file.toString().contains("prune"));
        }
        assertThat(prune(false).condemned()).isEqualTo(5);
    }
}
